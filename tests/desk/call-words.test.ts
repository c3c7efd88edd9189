import { createInstance, type i18n } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { failureWords } from '../../renderer/desk/call/call-words.ts'
import { zh } from '../../shared/i18n/zh.ts'

let words: i18n

beforeAll(async () => {
  words = createInstance()
  await words.init({ lng: 'zh', resources: { zh: { translation: zh } } })
})

test.each([
  [486, '对方忙'],
  [600, '对方忙'],
  [480, '无人接听'],
  [408, '无人接听'],
  [603, '对方拒接'],
  [404, '号码有误'],
  [484, '号码有误'],
  [503, '线路故障'],
  [488, '未接通（488）'],
  [null, '未接通'],
])('a dialled call refused with %s: %s', (status, said) => expect(failureWords(status, words.t)).toBe(said))
