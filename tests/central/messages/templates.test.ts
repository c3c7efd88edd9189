import { messageKinds } from '../../../shared/case/message-kind.ts'
import { expect, test } from 'vitest'
import { messageText, readTemplates, shippedTemplates } from '../../../central/messages/templates.ts'

const shipped = shippedTemplates()
const all = {
  ...{ caseNo: 'JM20261123-A1-0001', due: '12月7日', progress: 'https://x/progress' },
  ...{ words: '路灯已修好', channel: '人民法院', rate: 'https://x/rate/t', scale: '1至5' },
}

test('M2.1 says what its kind may say, and leaves out what is not there with the words around it', () => {
  expect(messageText(shipped, 'accepted', all, false)).toBe(
    '【12345】您反映的事项已受理，工单编号JM20261123-A1-0001，12月7日前答复。查询进度：https://x/progress',
  )
  expect(messageText(shipped, 'accepted', { caseNo: 'N' }, false)).toBe('【12345】您反映的事项已受理，工单编号N。')
  expect(messageText(shipped, 'answered', all, false)).toContain('路灯已修好 请评价：https://x/rate/t')
})

test('M2.2 of a report no message says what it is about, whatever is given', () => {
  for (const kind of messageKinds) {
    const text = messageText(shipped, kind, all, true)
    expect(text, kind).not.toMatch(/路灯|人民法院|举报/)
    expect(text, kind).toContain(all.caseNo)
  }
})

test('M2.3 words are cut, and none are said as none', () => {
  const text = messageText(shipped, 'replied', { caseNo: 'N', words: `第一行\n${'很'.repeat(400)}` }, false)
  expect(text).toContain('第一行 很')
  expect(text).toContain('很…')
  expect([...text].length).toBeLessThan(360)
  expect(messageText(shipped, 'replied', { caseNo: 'N', words: ' ' }, false)).toBe(
    '【12345】工单N已答复。如有疑问请拨打12345。',
  )
})

test('M2.4 what is filled in is no template itself', () => {
  expect(messageText(shipped, 'replied', { caseNo: 'N', words: '见{rate}[x]$&' }, false)).toContain('见{rate}[x]$&')
})

test('M2.5 a template that says more than its kind may, or tells of a report, is refused by its place', () => {
  const read = (change: object) => {
    const answer = readTemplates(JSON.stringify({ ...shipped, ...change }))
    return answer.ok ? null : answer.error.detail
  }
  expect(read({})).toBeNull()
  expect(read({ accepted: { text: '{words}' } })).toBe('accepted: {words}')
  expect(read({ answered: { text: '{words}' } })).toBe('answered: {words} without a "bare"')
  expect(read({ answered: { text: 'x', bare: '{words}' } })).toBe('answered: {words} without a "bare"')
  expect(read({ settled: undefined })).toBe('settled')
  expect(read({ other: { text: 'x' } })).not.toBeNull()
  expect(readTemplates('{').ok).toBe(false)
})
