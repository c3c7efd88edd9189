/** The sources with a bug in them, beside those as they are: a set of modules of its own in the same process. */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { must } from '../../shared/errors.ts'
import type { Bug } from './planted-bugs.ts'

const root = pathToFileURL(join(import.meta.dirname, '../..')).href
/** Names the bug in the address of each of its modules; what is imported from there is its own, too. */
const MARK = 'bug'

const planted = new Map<string, { readonly bug: Bug; readonly touched: Set<string> }>()

/** The sources that no bug is in, without their types. */
const stripped = new Map<string, string>()

function strippedOf(path: string, source: string): string {
  const known = stripped.get(path)
  if (known !== undefined) return known
  const plain = stripTypeScriptTypes(source)
  stripped.set(path, plain)
  return plain
}

const markOf = (url: string | undefined) => (url === undefined ? null : new URL(url).searchParams.get(MARK))
const isSource = (url: string) => url.startsWith(root) && url.endsWith('.ts') && !url.includes('/node_modules/')

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context)
    const mark = markOf(context.parentURL)
    return mark === null || !isSource(found.url) ? found : { ...found, url: `${found.url}?${MARK}=${mark}` }
  },
  load: (url, context, next) => {
    const mark = markOf(url)
    if (mark === null) return next(url, context)
    const { bug, touched } = must(planted.get(mark), 'a planted bug')
    const path = fileURLToPath(url)
    const asItIs = readFileSync(path, 'utf8')
    let source = asItIs
    for (const [file, from, to] of bug.patches) {
      if (!path.endsWith(`/${file}`)) continue
      if (!source.includes(from)) throw new Error(`«${bug.name}» no longer fits ${file}`)
      source = source.replace(from, () => to)
      touched.add(file)
    }
    const plain = source === asItIs ? strippedOf(path, source) : stripTypeScriptTypes(source)
    return { format: 'module', shortCircuit: true, source: plain }
  },
})

/** `file` of this folder, and all that it imports, with this bug in it; throws where the bug is in nothing of that. */
export async function importPlanted(bug: Bug, file: string): Promise<unknown> {
  const mark = String(planted.size)
  const touched = new Set<string>()
  planted.set(mark, { bug, touched })
  const modules: unknown = await import(`./${file}?${MARK}=${mark}`)
  const missed = bug.patches.find(([patched]) => !touched.has(patched))
  if (missed !== undefined) throw new Error(`«${bug.name}» is in ${missed[0]}, which is not played`)
  return modules
}
