import { spawn } from 'node:child_process'
import { Failure } from './failure.mjs'

const KEPT_LINES = 40

/**
 * Runs a tool to its end, feeds its lines to the progress and returns { code, signal, timedOut, output }.
 * `filter(line)` may answer false: then the line is neither shown nor kept.
 * `failure` (zh, en) turns a code other than 0 into a Failure that carries the last lines.
 */
export function run(command, args, { progress, failure, timeoutMs, cwd, env, filter } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const kept = []
    let stdout = ''
    let timedOut = false
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true
        child.kill('SIGKILL')
      }, timeoutMs)
    const read = (stream, all) => {
      let rest = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk) => {
        if (all) stdout += chunk
        const lines = (rest + chunk).split(/\r\n|\n|\r/)
        rest = lines.pop() ?? ''
        for (const line of lines) keep(line)
      })
      stream.on('end', () => {
        if (rest) keep(rest)
      })
    }
    const keep = (line) => {
      if (!line.trim() || filter?.(line) === false) return
      kept.push(line)
      if (kept.length > KEPT_LINES) kept.shift()
      progress?.line(line)
    }
    read(child.stdout, true)
    read(child.stderr, false)
    child.on('error', (error) => {
      clearTimeout(timer)
      if (failure) reject(new Failure(failure.zh, failure.en, `${command}: ${error.message}`))
      else resolve({ code: -1, signal: null, timedOut: false, stdout, output: error.message })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const output = kept.join('\n')
      if (failure && code !== 0) reject(new Failure(failure.zh, failure.en, output))
      else resolve({ code, signal, timedOut, stdout, output })
    })
  })
}
