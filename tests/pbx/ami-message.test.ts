import { expect, test } from 'vitest'
import { createAmiReader, writeAction, type AmiMessage } from '../../build/pbx/ami-message.ts'

function read(...chunks: string[]): { greeting: string; messages: AmiMessage[] } {
  const messages: AmiMessage[] = []
  let greeting = ''
  const take = createAmiReader({ greeted: (line) => (greeting = line), told: (message) => messages.push(message) })
  for (const chunk of chunks) take(chunk)
  return { greeting, messages }
}

const STREAM =
  'Asterisk Call Manager/11.0.0\r\n' +
  'Response: Success\r\nActionID: 1\r\nOutput: one\r\nOutput:  two: three\r\n\r\n' +
  'Event: Hangup\r\nCause-txt: Normal Clearing\r\nAccountCode: \r\n\r\n'

test('messages are the same however the stream is cut', () => {
  const whole = read(STREAM)
  expect(whole.greeting).toBe('Asterisk Call Manager/11.0.0')
  expect(whole.messages).toEqual([
    { Response: 'Success', ActionID: '1', Output: 'one\n two: three' },
    { Event: 'Hangup', 'Cause-txt': 'Normal Clearing', AccountCode: '' },
  ])
  for (let at = 1; at < STREAM.length; at++) expect(read(STREAM.slice(0, at), STREAM.slice(at))).toEqual(whole)
})

test('a message that is not whole yet is not told', () => {
  expect(read(STREAM.slice(0, -2)).messages).toHaveLength(1)
})

test('an action cannot smuggle in another one', () => {
  expect(writeAction('QueueAdd', '7', { Queue: '12345' })).toBe(
    'Action: QueueAdd\r\nActionID: 7\r\nQueue: 12345\r\n\r\n',
  )
  expect(() => writeAction('Command', '7', { Command: 'x\r\nAction: Originate' })).toThrow('one line')
  expect(() => writeAction('Command', '7', { 'a: b': 'x' })).toThrow('one line')
})
