import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startExchange } from './exchange-server.ts'

// The process of the practice exchange. Settings by argument or environment; one line of JSON per event on stdout.
//   --port 0                              SANXIN_EXCHANGE_PORT
//   --agents 1001:secret,1002:secret      SANXIN_EXCHANGE_AGENTS
//   --ring-seconds 20                     SANXIN_EXCHANGE_RING_SECONDS
//   --call-log FILE                       what becomes of each citizen's leg, appended (central/ops/ledger.ts --events)
//   --exit-with-stdin                     ends when stdin does: the parent is gone

const settingsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  ringSeconds: z.coerce.number().positive().max(600),
  agents: z
    .string()
    .transform((text) => text.split(',').filter((entry) => entry !== ''))
    .pipe(z.array(z.string().regex(/^\d{3,6}:.+$/, 'an agent is written EXTENSION:PASSWORD')).min(1))
    .transform((entries) =>
      entries.map((entry) => ({
        extension: entry.slice(0, entry.indexOf(':')),
        password: entry.slice(entry.indexOf(':') + 1),
      })),
    ),
})

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      agents: { type: 'string' },
      'call-log': { type: 'string' },
      'ring-seconds': { type: 'string' },
      'exit-with-stdin': { type: 'boolean' },
    },
  })
  const settings = settingsSchema.parse({
    port: values.port ?? process.env.SANXIN_EXCHANGE_PORT ?? '0',
    agents: values.agents ?? process.env.SANXIN_EXCHANGE_AGENTS ?? '1001:secret,1002:secret',
    ringSeconds: values['ring-seconds'] ?? process.env.SANXIN_EXCHANGE_RING_SECONDS ?? '20',
  })
  const callLog = values['call-log']
  const started = startExchange({
    port: settings.port,
    agents: settings.agents,
    times: { ringMs: settings.ringSeconds * 1000 },
    ...(callLog === undefined
      ? {}
      : { onLegEvent: (event) => appendFileSync(callLog, `${JSON.stringify(event)}\n`, { mode: 0o600 }) }),
    onEvent: (event) => process.stdout.write(`${JSON.stringify({ ...event, at: Date.now() })}\n`),
  })
  const stop = (): void => void started.then((exchange) => exchange.close()).finally(() => process.exit())
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (values['exit-with-stdin']) process.stdin.on('end', stop).resume()
  await started
}

main().catch((error: unknown) => {
  const reason =
    error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
  process.stderr.write(`${JSON.stringify({ event: 'failed', reason })}\n`)
  process.exitCode = 1
})
