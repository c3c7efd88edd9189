/** Lets plain Node import `x.sql?raw` as text, as the build does; for `--import`. */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith('.sql?raw')) return next(url, context)
    return {
      format: 'module',
      shortCircuit: true,
      source: `export default ${JSON.stringify(readFileSync(new URL(url), 'utf8'))}`,
    }
  },
})
