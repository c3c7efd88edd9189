/** The thread of `password-key.ts`: one derivation, and it ends. */
import { scryptSync } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/errors.ts'
import type { Derivation } from './password-key.ts'

const { password, salt, bytes, cost } = workerData as Derivation
must(parentPort, 'a thread of its own').postMessage(scryptSync(password, salt, bytes, cost))
