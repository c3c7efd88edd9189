// The entry of `npm start` and `npm run build`. It must run on any Node, if only to say that it is too old.
import { requireNode } from './bootstrap/require-node.mjs'

requireNode(20)
const { main } = await import('./bootstrap/start.mjs')
process.exitCode = await main(process.argv.slice(2))
