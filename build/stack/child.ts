import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A line of JSON that a process of ours said on its standard output. */
export type Said = { readonly event: string; readonly [key: string]: unknown }

/** A process that speaks in lines of JSON. */
export type Child = {
  readonly pid: number | undefined
  /** The first line of this kind and with these words, also one that was said before; fails if the process ends without it. */
  said(event: string, words?: Readonly<Record<string, unknown>>): Promise<Said>
  on(listen: (said: Said) => void): void
  tell(message: object): void
  /** Ends it and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>
  readonly exited: Promise<number | null>
}

function parse(line: string): Said | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'event' in value ? (value as Said) : null
  } catch {
    return null
  }
}

/** Starts a TypeScript file with this Node; what it writes to standard error is shown as it comes if `loud`. */
export function startChild(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, loud = false): Child {
  const child: ChildProcess = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const heard: Said[] = []
  const listeners = new Set<(said: Said) => void>()
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000)
    if (loud) process.stderr.write(text)
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = parse(line)
      if (said === null) return
      heard.push(said)
      for (const listen of listeners) listen(said)
    })
  }
  return {
    pid: child.pid,
    said: (event, words = {}) =>
      new Promise((resolve, reject) => {
        const wanted = Object.entries({ event, ...words })
        const isIt = (said: Said) => wanted.every(([key, value]) => said[key] === value)
        const before = heard.find(isIt)
        if (before) return resolve(before)
        listeners.add((said) => isIt(said) && resolve(said))
        void exited.then((code) => reject(new Error(`${file} ended (${code}) before «${event}»\n${errors}`)))
      }),
    on: (listen) => void listeners.add(listen),
    tell: (message) => void child.stdin?.write(`${JSON.stringify(message)}\n`),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
    exited,
  }
}
