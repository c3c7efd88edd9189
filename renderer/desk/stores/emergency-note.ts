/**
 * The case says by itself when an emergency service was brought in, and when the citizen was left with it: a line after
 * the operator's own words, which she may change or take out like any other. The line is the case's, so it is Chinese.
 */
import { isAnswered } from '../../../shared/call/call.ts'
import type { Lines } from '../../../shared/call/lines.ts'
import { zh } from '../../../shared/i18n/zh.ts'
import { timeOfDay } from '../../ui/format-time.ts'
import { keepCaret } from '../focus.ts'
import { edit, formOf, useDraft } from './draft-store.ts'

/** How much a case's content holds. */
const MOST = 10_000

type Line = { readonly callId: string; readonly words: string }

/** What was written in this window; a line that she took out does not come again. */
const written = new Set<string>()
/** To which service a citizen is being put through, by her call. */
const going = new Map<string, string>()
let waiting: readonly Line[] = []
let composing = false

function write({ callId, words }: Line): void {
  const { open } = useDraft.getState()
  if (open?.callId !== callId) return
  const { content } = formOf({ open })
  // A window that opened in mid-call finds the line that the one before it wrote.
  if (content.split('\n').includes(words)) return
  const longer = content === '' || content.endsWith('\n') ? `${content}${words}` : `${content}\n${words}`
  if (longer.length <= MOST) keepCaret(() => edit({ content: longer }))
}

function writeWaiting(): void {
  if (composing) return
  const lines = waiting
  waiting = []
  for (const line of lines) write(line)
}

function put(callId: string, words: string): void {
  const key = `${callId} ${words}`
  if (written.has(key)) return
  written.add(key)
  waiting = [...waiting, { callId, words }]
  writeWaiting()
}

/** While the input method composes nothing is changed in a field; what came meanwhile is written after it. */
export function noteComposingWords(now: boolean): void {
  composing = now
  writeWaiting()
}

const lineOf = (at: number, what: keyof typeof zh.lines.note, number: string) =>
  `${timeOfDay(at)} ${zh.lines.note[what]} ${number}`

/** Takes note of an emergency service that answered beside the citizen, and of the citizen's being with it. */
export function noteEmergency({ call, beside, completing }: Lines): void {
  if (call === null) return
  const { callId } = call.caller
  if (completing?.how === 'emergency') going.set(callId, completing.to)
  if (isAnswered(call) && isAnswered(beside) && beside.purpose === 'emergency' && beside.answeredAt !== null)
    put(callId, lineOf(beside.answeredAt, 'broughtIn', beside.caller.number))
  const to = going.get(callId)
  if (call.outcome === 'transferred' && call.endedAt !== null && to !== undefined)
    put(callId, lineOf(call.endedAt, 'putThrough', to))
}
