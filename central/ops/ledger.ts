/**
 * Tells central of an exchange's calls; run it on the exchange's machine, with Node 24, as who may read its logs:
 * `SANXIN_EXCHANGE_CREDENTIAL=… node central/ops/ledger.ts --central URL --cel FILE [--context NAME …] [--once]`.
 * FILE is Asterisk's log as build/pbx/README.md sets it up, with the context (`citizens`) in which citizens' calls begin;
 * `--events FILE` is that of any other exchange, each line an event as shared/ledger/leg-event.ts says, in JSON.
 * It keeps nothing: central says up to where it has each file. One line of JSON on stdout for what was told, or not.
 */
import { watch } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { faultOf } from '../../shared/fault.ts'
import { readCelLine } from '../../shared/ledger/cel.ts'
import { legEventSchema } from '../../shared/ledger/leg-event.ts'
import { settingsSchema } from '../../shared/settings.ts'
import { linkToCentral, NotTold } from '../ledger/central-link.ts'
import { createLogTeller, type ReadLine } from '../ledger/tell-log.ts'

/** Looked at so often, also where nothing says that the log has grown. */
const LOOK_MS = 2000
/** So long it waits before it tries a central that was away again. */
const AGAIN_MS = 1000

type Asked = { readonly central: string; readonly file: string; readonly read: ReadLine; readonly once: boolean }

function readEventLine(text: string): ReturnType<ReadLine> {
  try {
    return legEventSchema.safeParse(JSON.parse(text)).data ?? 'strange'
  } catch {
    return 'strange'
  }
}

function stopWith(words: string): never {
  process.stderr.write(
    `${words}\n用法 usage: SANXIN_EXCHANGE_CREDENTIAL=… node central/ops/ledger.ts --central URL (--cel FILE [--context NAME …] | --events FILE) [--once]\n`,
  )
  process.exit(2)
}

function readAsked(): Asked {
  const text = { type: 'string' } as const
  const options = {
    ...{ central: text, cel: text, events: text, once: { type: 'boolean' } as const },
    context: { type: 'string', multiple: true } as const,
  }
  let values
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    return stopWith(error instanceof Error ? error.message : '')
  }
  const { cel, events, context = ['citizens'], once = false } = values
  const central = settingsSchema.shape.central.safeParse(values.central).data ?? null
  if (central === null)
    return stopWith('缺少中心库地址，本机以外须用 https · --central must be a URL, https beyond this machine')
  const file = cel ?? events
  if (file === undefined || (cel !== undefined && events !== undefined))
    return stopWith('须指定一个日志文件 · one log must be named')
  return { central, file, once, read: cel === undefined ? readEventLine : (line) => readCelLine(line, context) }
}

const say = (event: string, more: object = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`)

const { central, file, read, once } = readAsked()
const credential = process.env['SANXIN_EXCHANGE_CREDENTIAL'] ?? ''
if (credential === '') stopWith('缺少 SANXIN_EXCHANGE_CREDENTIAL · is not set')
if (
  await access(dirname(file)).then(
    () => false,
    () => true,
  )
)
  stopWith(`没有这个文件夹 · no such folder: ${dirname(file)}`)
const teller = createLogTeller(file, read, linkToCentral(central, credential))

const stopping = new AbortController()
let wake = (): void => undefined
let grown = true
let away = false

/** Until the log has grown, or some time has passed. */
function untilAsked(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
    if (stopping.signal.aborted || (grown && !away)) wake()
  })
}

/** Tells what there is; answers how long to wait before the next look. */
async function tellOnce(): Promise<number> {
  grown = false
  try {
    const { lines, strange } = await teller.tellAll()
    away = false
    if (lines > 0) say('told', { lines, strange })
    return LOOK_MS
  } catch (error) {
    away = true
    if (!(error instanceof NotTold)) say('failed', faultOf(error))
    else say('notTold', { code: error.code })
    if (once) process.exitCode = 1
    return AGAIN_MS
  }
}

const stop = () => {
  stopping.abort()
  wake()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (once) await tellOnce()
else {
  const watcher = watch(dirname(file), (_what, name) => {
    if (name === null || !name.startsWith(basename(file))) return
    grown = true
    // Where central is away, a log that grows is no reason to hurry.
    if (!away) wake()
  })
  say('following')
  while (!stopping.signal.aborted) {
    await untilAsked(await tellOnce())
  }
  watcher.close()
}
