/**
 * Lines of Asterisk's channel event log (CEL), as build/pbx/etc/cel_custom.conf writes them: eleven quoted fields.
 * Seen on Asterisk 22.10: `linkedid` is the `uniqueid` of the oldest channel of a call, which for a citizen who calls
 * is her own; a telephone that is rung for her carries it; `extra` of HANGUP is JSON with `hangupsource`, the channel
 * that hung up; a user event's name stands in the place of the type.
 */
import { z } from 'zod'
import { legEventSchema, type LegEvent } from './leg-event.ts'

const FIELDS = 11
/** A channel's name is TECHNOLOGY/ENDPOINT-NUMBER. What is Local is a road within the exchange, and nobody's telephone. */
const channelName = /^(?!Local\/)[^/]+\/(.+)-[^-]+$/

type Line = {
  readonly at: number
  readonly type: string
  readonly leg: string
  readonly channel: string
  readonly name: string
  readonly context: string
  readonly exten: string
  readonly number: string
  readonly app: string
  readonly data: string
  readonly extra: string
}

/** The fields of one line in quotes, a quote in them doubled (RFC 4180); null where it is none. */
function fieldsOf(text: string): string[] | null {
  if (!/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/.test(text)) return null
  return [...text.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, field = '']) => field.replaceAll('""', '"'))
}

function readLine(text: string): Line | null {
  const fields = fieldsOf(text.replace(/\r$/, ''))
  if (fields?.length !== FIELDS) return null
  const [time = '', type = '', leg = '', channel = '', name = '', context = '', exten = ''] = fields
  const [number = '', app = '', data = '', extra = ''] = fields.slice(7)
  // Seconds and microseconds since the epoch.
  if (!/^\d{1,11}\.\d{6}$/.test(time) || leg === '' || channel === '') return null
  const at = Math.floor(Number(time.replace('.', '')) / 1000)
  return { at, type, leg, channel, name, context, exten, number, app, data, extra }
}

const extraSchema = z.object({ hangupsource: z.string().default(''), extra: z.string().default('') })

function extraOf({ extra }: Line): z.infer<typeof extraSchema> {
  try {
    return extraSchema.parse(JSON.parse(extra))
  } catch {
    return { hangupsource: '', extra: '' }
  }
}

/** Who hung up: the citizen's own channel, another one, or the dialplan (`dialplan/builtin`, or nobody named). */
function endedBy(line: Line): Extract<LegEvent, { kind: 'ended' }>['by'] {
  const source = extraOf(line).hangupsource
  if (source === line.name) return 'citizen'
  return source === '' || source.startsWith('dialplan/') ? 'exchange' : 'operator'
}

/** What happened to the citizen's own channel. */
function ofCitizen(line: Line, contexts: readonly string[]): unknown {
  const { type, leg, at, context, exten, number, app, data } = line
  if (type === 'CHAN_START') {
    return contexts.includes(context) ? { kind: 'began', leg, at, number, called: exten } : null
  }
  if (type === 'APP_START') return app === 'Queue' ? { kind: 'queued', leg, at, queue: data.split(',', 1)[0] } : null
  if (type === 'HANGUP') return { kind: 'ended', leg, at, by: endedBy(line) }
  if (type === 'rating') return { kind: 'rated', leg, at, level: Number(extraOf(line).extra || Number.NaN) }
  return type === 'afterHours' ? { kind: 'afterHours', leg, at } : null
}

/** What happened to a channel that was made for her: a telephone of the house. */
function ofTelephone({ type, leg, at, channel: line, name }: Line): unknown {
  const extension = channelName.exec(name)?.[1]
  if (extension === undefined) return null
  if (type === 'CHAN_START') return { kind: 'rang', leg, at, line, extension }
  if (type === 'BRIDGE_ENTER') return { kind: 'spoke', leg, at, line, extension }
  return type === 'HANGUP' ? { kind: 'lineEnded', leg, at, line } : null
}

/**
 * The event that a line tells, null where it tells none, `strange` where it is none of ours. `contexts` are those of
 * the dialplan in which citizens' calls begin.
 */
export function readCelLine(text: string, contexts: readonly string[]): LegEvent | null | 'strange' {
  const line = readLine(text)
  if (line === null) return 'strange'
  const event = line.channel === line.leg ? ofCitizen(line, contexts) : ofTelephone(line)
  return event === null ? null : (legEventSchema.safeParse(event).data ?? 'strange')
}
