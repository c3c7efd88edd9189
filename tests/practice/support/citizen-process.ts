import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

/** A line that the citizen's process printed. */
export type CitizenLine = { event: string } & Record<string, unknown>

/** A virtual citizen in a process of its own. */
export interface CitizenProcess {
  /** The first line with that event, past or to come. */
  line(event: string): Promise<CitizenLine>
  command(command: object): void
  /** Asks for a report and resolves with the answer. */
  report(): Promise<CitizenLine>
  exit: Promise<number | null>
}

/** Starts central/practice/citizen.ts. */
export function startCitizen(args: readonly string[]): CitizenProcess {
  const entry = join(import.meta.dirname, '../../../central/practice/citizen.ts')
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const seen: CitizenLine[] = []
  const waiting: {
    accepts: (line: CitizenLine) => boolean
    resolve: (line: CitizenLine) => void
    reject: (error: Error) => void
  }[] = []
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as CitizenLine
    seen.push(line)
    for (const one of waiting.filter(({ accepts }) => accepts(line))) {
      waiting.splice(waiting.indexOf(one), 1)
      one.resolve(line)
    }
  })
  const exit = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code)
      for (const { reject } of waiting)
        reject(new Error(`the citizen ended with ${code} after ${JSON.stringify(seen)}`))
    })
  })
  const command = (words: object): void => void child.stdin.write(`${JSON.stringify(words)}\n`)
  const next = (accepts: (line: CitizenLine) => boolean): Promise<CitizenLine> =>
    new Promise((resolve, reject) => waiting.push({ accepts, resolve, reject }))
  return {
    exit,
    command,
    report: () => {
      const answer = next(({ event }) => event === 'report')
      command({ do: 'report' })
      return answer
    },
    line: (event) => {
      const known = seen.find((line) => line.event === event)
      return known ? Promise.resolve(known) : next((line) => line.event === event)
    },
  }
}
