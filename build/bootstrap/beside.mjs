// Work that runs beside a test which mostly waits (for windows, for sound): on the processor time that it leaves over.
import { spawn } from 'node:child_process'
import fs from 'node:fs'

// Both are util-linux's. The idle class yields to every other process at once; a low priority would still take turns.
const CHRT = '/usr/bin/chrt'
const SETPRIV = '/usr/bin/setpriv'

/** Whether this machine can set work aside like that; else it is done in its turn. */
export function canRunBeside() {
  return fs.existsSync(CHRT) && fs.existsSync(SETPRIV)
}

/**
 * Runs a program in the scheduler's idle class. What it says is kept, for it would stand amid what others say; ends with
 * this process. Resolves to { code, output }, both streams in one; rejects where it cannot be started.
 */
export function runBeside(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    // The kernel ends it even when this process is killed outright.
    const words = ['--pdeathsig', 'TERM', CHRT, '--idle', '0', command, ...args]
    const child = spawn(SETPRIV, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
