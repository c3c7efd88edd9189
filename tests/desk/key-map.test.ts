import { describe, expect, test } from 'vitest'
import { bindingFor, isDeskKey, keyMap, pressedKey } from '../../renderer/desk/keys/key-map.ts'
import type { DeskState } from '../../renderer/desk/stores/call-store.ts'

const states: readonly DeskState[] = ['idle', 'ringing', 'inCall', 'wrapUp', 'away', 'offline']

function press(key: string, modifiers: Partial<KeyboardEvent> = {}): string {
  return pressedKey({ key, code: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...modifiers })
}

describe('the keys', () => {
  test.each(states)('no key means two things while %s', (state) => {
    const keys = keyMap
      .filter(({ where }) => where.includes(state))
      .flatMap(({ scope, keys: own }) => own.map((key) => `${scope} ${key}`))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('every act stands once, with a key that is shown', () => {
    expect(new Set(keyMap.map(({ id }) => id)).size).toBe(keyMap.length)
    for (const { shown, keys } of keyMap) expect(shown !== '' && keys.length > 0).toBe(true)
  })

  test('keys of the whole desk never eat what is typed', () => {
    const keys = keyMap.filter(({ scope }) => scope === 'desk').flatMap((binding) => binding.keys)
    expect(keys.filter((key) => !/^(F\d+|(Ctrl|Alt)\+.+)$/.test(key))).toEqual([])
  })

  test('F5 answers a ring or a knock, and goes ready after a call or a break; elsewhere it does nothing, and never reloads', () => {
    expect(states.map((state) => bindingFor('F5', state, true)?.id ?? null)).toEqual([
      null,
      'answer',
      'answer',
      'ready',
      'ready',
      null,
    ])
    expect(isDeskKey('F5')).toBe(true)
  })

  test('the call keys work in a call whatever else is open', () => {
    expect(
      ['F7', 'F9', 'F12', 'Ctrl+Enter', 'F1', 'F3', 'F4'].map((key) => bindingFor(key, 'inCall', true)?.id),
    ).toEqual(['mute', 'noMatter', 'hangUp', 'save', 'help', 'search', 'said'])
  })

  test('the calls beside each other have their keys in a call; a citizen is dialled only while none is up', () => {
    const keys = ['F11', 'Alt+D', 'Alt+E', 'Alt+S', 'Alt+J', 'Alt+T', 'Alt+X', 'Alt+R']
    const of = (state: DeskState) => keys.map((key) => bindingFor(key, state, true)?.id ?? null)
    expect(of('inCall')).toEqual(['hold', 'dial', 'emergency', 'swap', 'join', 'complete', 'drop', null])
    expect(of('idle')).toEqual([null, 'dial', null, null, null, null, null, 'redial'])
    expect(of('ringing').every((id) => id === null)).toBe(true)
  })

  test('while the phone is down nothing is asked of it; what needs no phone goes on', () => {
    const live = (state: DeskState) => ['F5', 'F6', 'F7', 'F8', 'F12'].filter((key) => bindingFor(key, state, false))
    expect(states.flatMap(live)).toEqual([])
    expect(['F9', 'Ctrl+Enter', 'F3', 'Alt+0'].map((key) => bindingFor(key, 'inCall', false)?.id)).toEqual([
      'noMatter',
      'save',
      'search',
      'sync',
    ])
  })

  test('a pressed key is named with its modifiers; Alt+digit by its place', () => {
    expect(press('Enter', { ctrlKey: true })).toBe('Ctrl+Enter')
    expect(press('Enter')).toBe('Enter')
    expect(press('¡', { altKey: true, code: 'Digit1' })).toBe('Alt+1')
    // The input method names the key, not the letter.
    expect(press('Process', { altKey: true, code: 'KeyD' })).toBe('Alt+D')
    expect(press('F5', { shiftKey: true })).toBe('Shift+F5')
  })
})
