import { expect, test } from 'vitest'
import { header, settle, wirePhone } from './support/fake-exchange.ts'
import { invalidMessages } from './torture/invalid.ts'
import { nearlyValidMessages } from './torture/nearly-valid.ts'
import { semanticMessages } from './torture/semantics.ts'
import { unusualMessages } from './torture/unusual.ts'
import { validMessages } from './torture/valid.ts'
import { valueMessages } from './torture/values.ts'

const messages = [
  ...validMessages,
  ...unusualMessages,
  ...invalidMessages,
  ...nearlyValidMessages,
  ...semanticMessages,
  ...valueMessages,
]

test('all 49 messages of RFC 4475 are here', () => {
  expect(new Set(messages.map(({ name }) => name)).size).toBe(49)
})

test.each(messages)('$section $name: $fate, answered $answer', async ({ fate, answer, text }) => {
  const { socket, dropped, invited } = await wirePhone()
  const before = socket.sent.length
  socket.arrive(text)
  expect(dropped.map(({ kind }) => kind)).toEqual(fate === 'taken' ? [] : [fate])
  const answers = socket.sent.slice(before).map((sent) => Number(sent.split(' ')[1]))
  expect(answers.filter((status) => status > 100)).toEqual(answer === null ? [] : [answer])
  expect(invited).toEqual([])
})

test.each(messages)(
  '$section $name, sent to this phone by name, rings nowhere and throws nothing',
  async ({ text }) => {
    const { socket, dropped, invited, contact } = await wirePhone()
    const before = socket.sent.length
    socket.arrive(text.replace(/^(\S+) sip:\S+ (SIP\/2\.0\r)/, `$1 ${contact} $2`))
    await settle()
    expect(dropped.map(({ kind }) => kind)).not.toContain('threw')
    expect(invited).toEqual([])
    for (const answer of socket.sent.slice(before)) expect(answer).toMatch(/^SIP\/2\.0 (100|180|[2-6]\d\d) /)
  },
)

test('plain RTP is refused where the message itself is sound', async () => {
  const { socket, contact, invited } = await wirePhone()
  socket.arrive((validMessages[2]?.text ?? '').replace(/^INVITE \S+/, `INVITE ${contact}`))
  await settle()
  expect(socket.sent.at(-1)).toMatch(/^SIP\/2\.0 488 /)
  expect(invited).toEqual([])
})

test('a refusal gives back what it answers, with a tag of its own', async () => {
  const { socket } = await wirePhone()
  const asked = messages.find(({ name }) => name === 'mismatch01')?.text ?? ''
  socket.arrive(asked)
  const answer = socket.sent.at(-1) ?? ''
  for (const name of ['Via', 'From', 'Call-ID', 'CSeq']) expect(header(answer, name)).toBe(header(asked, name))
  expect(header(answer, 'To')).toMatch(/^sip:j\.user@example\.com;tag=[0-9a-f]{16}$/)
})
