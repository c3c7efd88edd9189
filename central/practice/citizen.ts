import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { placeCall } from './citizen-call.ts'
import type { CallOptions, CitizenControl } from './citizen-call.ts'
import { loadScenario } from './scenario.ts'

// The process of a virtual citizen:
//   citizen.ts --exchange ws://127.0.0.1:PORT --scenario bus-route [--number 13800002210] [--tone 440] [--callee 12345]
// One line of JSON per event on stdout; on stdin {"do":"hangUp"}, {"do":"report"}
// and {"do":"hum","hz":0} (another tone, 0 for silence). Exit code 0: it went as the scenario says.

const toneSchema = z.number().min(60).max(7_000)
const argsSchema = z.object({
  exchange: z.url({ protocol: /^wss?$/, error: 'an address like ws://127.0.0.1:5070 is expected' }),
  scenario: z.string(),
  number: z
    .string()
    .regex(/^(?:[+0-9]{3,15}|c\d{1,15})$/, 'a telephone number, or c and digits')
    .optional(),
  callee: z
    .string()
    .regex(/^[+0-9]{3,15}$/, 'a telephone number')
    .optional(),
  tone: z.coerce.number().pipe(toneSchema).optional(),
})
const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('hangUp') }),
  z.object({ do: z.literal('report') }),
  z.object({ do: z.literal('hum'), hz: toneSchema.or(z.literal(0)) }),
])

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function main(): Promise<boolean> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { exchange: text, scenario: text, number: text, tone: text, callee: text } })
  const { scenario: name, ...args } = argsSchema.parse(values)
  const scenario = loadScenario(name)
  let control: CitizenControl | null = null
  const commands = createInterface({ input: process.stdin })
  commands.on('line', (line) => void obey(line, control))

  let asExpected = true
  for (let call = 0; call < scenario.calls; call++) {
    if (call > 0) await new Promise((resolve) => setTimeout(resolve, scenario.pauseSeconds * 1000))
    const options: CallOptions = {
      ...withoutUndefined(args),
      scenario,
      onEvent: print,
      onControl: (given) => (control = given),
    }
    const result = await placeCall(options)
    asExpected &&= result.asExpected
    print({ event: 'result', ...result })
  }
  return asExpected
}

async function obey(line: string, control: CitizenControl | null): Promise<void> {
  const command = commandSchema.safeParse(jsonOrNull(line))
  if (!command.success || !control)
    return print({ event: 'notUnderstood', reason: control ? 'bad command' : 'no call yet' })
  if (command.data.do === 'hangUp') control.hangUp()
  else if (command.data.do === 'hum') control.hum(command.data.hz)
  else print(await control.report())
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function withoutUndefined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

function fail(error: unknown): never {
  const reason =
    error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
  print({ event: 'failed', reason })
  process.exit(1)
}

// SIP.js throws out of its socket handler on a malformed response; say so instead of dying without a word.
process.on('uncaughtException', fail)
main().then((asExpected) => process.exit(asExpected ? 0 : 1), fail)
