import { expect, test } from 'vitest'
import { holdChoices } from '../../electron/hold-choices.ts'
import { ok } from '../../shared/errors.ts'

const answer = () => Promise.resolve(ok('answered'))
const chosen = { role: 'ring', name: null }

test('who may not choose devices is refused by main, whatever the screen shows', async () => {
  const held = holdChoices(answer, ['language', 'theme'])
  expect(await held('phone.useDevice', chosen)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await held('phone.devices', null)).toEqual(ok('answered'))
  expect(await held('phone.testRing', null)).toEqual(ok('answered'))
})

test('who may is answered', async () => {
  expect(await holdChoices(answer, ['devices'])('phone.useDevice', chosen)).toEqual(ok('answered'))
})
