// The entry of `npm test`, `npm run check`, `test:pg`, `test:e2e`, `test:pbx` and `bench`.
import { requireNode } from './bootstrap/require-node.mjs'

requireNode(20)
const { main } = await import('./bootstrap/test.mjs')
process.exitCode = await main(process.argv.slice(2))
