import { spawn } from 'node:child_process'
import os from 'node:os'

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a program in the foreground: our terminal, our signals; resolves to the exit code a shell would show. */
export function runInForeground(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' })
    const passOn = (signal) => {
      // Ctrl-C reaches the whole foreground group by itself; a second one would look like impatience.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of PASSED_ON) process.on(signal, passOn)
    const done = () => {
      for (const signal of PASSED_ON) process.off(signal, passOn)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      done()
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0))
    })
  })
}
