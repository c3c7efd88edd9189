import { expect, test } from 'vitest'
import { shippedEmergencyWords } from '../../shared/script/emergency-words.ts'
import { createFinder } from '../../shared/script/find-words.ts'

const { words } = shippedEmergencyWords
const find = createFinder(words)
const emergencyIn = (text: string) => find(text)[0]?.word ?? null

test.each([
  ['三楼着火了，快来', '119'],
  ['我妈突然晕倒了叫不醒', '120'],
  ['桥上有人要跳楼', '110'],
  ['路口出了车 祸', '122'],
])('%s: %s', (text, service) => {
  expect(emergencyIn(text)?.service).toBe(service)
})

test.each(['商场跳楼价促销是不是骗人', '咨询火灾隐患怎么举报', '防溺水宣传', '公交几点末班', ''])(
  'nobody is in danger: %s',
  (text) => {
    expect(emergencyIn(text)).toBeNull()
  },
)

test('no word is listed twice', () => {
  expect(new Set(words.map(({ word }) => word)).size).toBe(words.length)
})
