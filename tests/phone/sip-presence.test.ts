import { expect, test } from 'vitest'
import { MOST_WATCHED, presenceOf, type Presences } from '../../shared/call/presence.ts'
import type { DialogInfo } from '../../renderer/phone/dialog-info.ts'
import { readDialogInfo } from '../../renderer/phone/dialog-info.ts'
import { createPresence, type Subscribe, type Through } from '../../renderer/phone/sip-presence.ts'

type Asked = { readonly extension: string; readonly told: Parameters<Subscribe>[2]; closed: boolean }

const link = () => ({ agent: {}, domain: 'house' }) as Through

/** A watch whose exchange is played by hand; what it tells is written as JSON. */
function watched() {
  const asked: Asked[] = []
  const told: Presences[] = []
  const watch = createPresence(
    (now) => told.push(now),
    (_through, extension, events) => {
      const one: Asked = { extension, told: events, closed: false }
      asked.push(one)
      return { close: () => (one.closed = true) }
    },
    (body) => JSON.parse(body) as DialogInfo,
  )
  const tell = (one: Asked | undefined, info: DialogInfo) => one?.told.notified(JSON.stringify(info))
  return { asked, told, watch, tell }
}

const states = (...all: string[]) => all.map((state, index) => ({ id: String(index), state }))
const full = (version: number, ...all: string[]): DialogInfo => ({ version, full: true, dialogs: states(...all) })

test('what the dialogs of a line come to', () => {
  expect(presenceOf([])).toBe('free')
  expect(presenceOf(states('terminated'))).toBe('free')
  expect(presenceOf(states('terminated', 'early'))).toBe('ringing')
  expect(presenceOf(states('early', 'confirmed'))).toBe('inCall')
})

test('P1 a line is unknown until it is told of, and again after a lost link, a refusal or an end', () => {
  const { asked, watch, tell } = watched()
  watch.look(['1004', '1005'])
  expect(asked).toEqual([])
  watch.linked(link())
  expect(watch.now()).toEqual({ 1004: 'unknown', 1005: 'unknown' })
  tell(asked[0], full(0, 'confirmed'))
  tell(asked[1], full(0, 'early'))
  expect(watch.now()).toEqual({ 1004: 'inCall', 1005: 'ringing' })
  asked[1]?.told.over()
  expect(watch.now()).toEqual({ 1004: 'inCall', 1005: 'unknown' })
  watch.linked(null)
  expect(watch.now()).toEqual({ 1004: 'unknown', 1005: 'unknown' })
})

test('P2 what is looked at no more is ended; after a lost link what is looked at is asked for anew, a refresh asks nothing', () => {
  const { asked, watch, tell } = watched()
  const first = link()
  watch.linked(first)
  watch.look(['1004', '1005'])
  watch.look(['1005', '1006'])
  expect(asked.map(({ extension, closed }) => [extension, closed])).toEqual([
    ['1004', true],
    ['1005', false],
    ['1006', false],
  ])
  watch.linked({ ...first })
  expect(asked).toHaveLength(3)
  watch.linked(null)
  watch.linked(link())
  expect(asked.slice(3).map(({ extension }) => extension)).toEqual(['1005', '1006'])
  // Those of before the cut are not left to stand beside them.
  expect(asked.map(({ closed }) => closed)).toEqual([true, true, true, false, false])
  // What comes late of before says nothing of now.
  tell(asked[1], full(9, 'confirmed'))
  expect(watch.now()).toEqual({ 1005: 'unknown', 1006: 'unknown' })
  tell(asked[3], full(0, 'confirmed'))
  asked[1]?.told.over()
  expect(watch.now()).toEqual({ 1005: 'inCall', 1006: 'unknown' })
  asked[3]?.told.over()
  watch.look(['1005', '1006'])
  expect(asked).toHaveLength(6)
})

test('P3 what is told in part changes what it names; what is older changes nothing', () => {
  const { asked, watch, tell } = watched()
  watch.linked(link())
  watch.look(['1004'])
  tell(asked[0], full(3, 'confirmed', 'terminated'))
  tell(asked[0], { version: 4, full: false, dialogs: [{ id: '1', state: 'early' }] })
  expect(watch.now()).toEqual({ 1004: 'inCall' })
  tell(asked[0], { version: 5, full: false, dialogs: [{ id: '0', state: 'terminated' }] })
  expect(watch.now()).toEqual({ 1004: 'ringing' })
  tell(asked[0], full(2, 'confirmed'))
  expect(watch.now()).toEqual({ 1004: 'ringing' })
})

test('P4 what stays looked at is not asked for anew as the panel comes and goes; no more than the most are; with nobody left all end', () => {
  const { asked, watch, tell } = watched()
  watch.linked(link())
  watch.look(['1004'])
  tell(asked[0], full(0, 'confirmed'))
  watch.look(['1005', '1004'])
  expect(watch.now()).toEqual({ 1005: 'unknown', 1004: 'inCall' })
  watch.look(['1004'])
  expect(asked.map(({ extension, closed }) => [extension, closed])).toEqual([
    ['1004', false],
    ['1005', true],
  ])
  watch.look(Array.from({ length: MOST_WATCHED + 5 }, (_, index) => String(2000 + index)))
  expect(asked.filter(({ closed }) => !closed)).toHaveLength(MOST_WATCHED)
  watch.look([])
  expect(asked.filter(({ closed }) => !closed)).toEqual([])
  expect(watch.now()).toEqual({})
})

test('a document with a type of its own, or one that is too long, is not even parsed', () => {
  const never = () => {
    throw new Error('was parsed')
  }
  expect(readDialogInfo('<!DOCTYPE a [<!ENTITY b "c">]><dialog-info/>', never)).toBeNull()
  expect(readDialogInfo(`<dialog-info>${' '.repeat(16 * 1024)}</dialog-info>`, never)).toBeNull()
})

test('a line that the wire cannot ask for is unknown, and keeps no other from being watched', () => {
  const asked: string[] = []
  const watch = createPresence(
    () => {},
    (_through, extension) => {
      if (extension === '1004') throw new Error('no URI')
      asked.push(extension)
      return { close: () => {} }
    },
  )
  watch.linked(link())
  watch.look(['1004', '1005'])
  expect([asked, watch.now()]).toEqual([['1005'], { 1004: 'unknown', 1005: 'unknown' }])
})
