import { callsOfCase } from '../../../shared/case/case-calls.ts'
import type { CasePage } from '../../../shared/case/case-page.ts'
import type { CaseLine } from '../../../shared/case/case-line.ts'
import { shippedForm } from '../../../shared/case/form.ts'
import { fieldsOfCase } from '../../../shared/case/particular-lines.ts'
import { lineOf, pageOf, type FakeWork } from '../fake-work.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Cases of an invented central, enough of them to be scrolled for long. */
export function fillWork(work: FakeWork, now: number): void {
  work.units = [
    ['U-CG', '市城市管理和综合执法局', 'sscsglhzhzfj'],
    ['U-GA', '市公安局', 'sgaj'],
    ['U-SW', '市水务局', 'sswj'],
    ['U-YL', '蓬江区园林绿化养护中心', 'pjqyllhyhzx'],
  ].map(([id = '', name = '', letters = '']) => ({ id, name, district: null, readings: [...letters] }))
  const due = (phase: 'sign' | 'answer', at: number): CaseLine['deadline'] => ({
    ...{
      phase,
      rule: phase === 'sign' ? 'sign' : 'complaint.answer',
      due: now + at,
      amber: now + at - DAY,
      provisional: false,
    },
  })
  const special: Partial<CaseLine>[] = [
    {
      state: 'toDispatch',
      unit: null,
      kind: 'help',
      code: '0501',
      summary: '人行道大树枝断裂悬空，怕砸到行人',
      deadline: due('sign', 3 * HOUR),
    },
    {
      state: 'inHand',
      deadline: due('answer', -2 * DAY),
      supervised: 1,
      asked: 5,
      summary: '大排档占道经营，凌晨两点仍有噪音，影响老人休息，多次投诉没有改善',
    },
    {
      state: 'answered',
      kind: 'help',
      unit: 'U-GA',
      summary: '路灯不亮，东华一路近菜市场，晚上出行不便',
      openedBy: '1007',
    },
    { state: 'toSign', deadline: due('sign', 20 * HOUR), summary: '大排档油烟直排居民楼' },
    { state: 'settled', rehandled: 1, summary: '小区夜间施工噪音，持续到凌晨一点' },
  ]
  work.lines = Array.from({ length: 10_000 }, (_, n) => {
    const openedAt = now - (n + 1) * 25 * 60_000
    return lineOf(n + 1, { openedAt, deadline: n % 3 === 0 ? due('answer', (5 - (n % 7)) * DAY) : null, ...special[n] })
  })
  for (const line of work.lines.slice(0, special.length)) {
    const page = line.state === 'answered' ? withNeighbours(pageOf(line)) : pageOf(line)
    const answered = line.state === 'answered'
    const by = { at: line.openedAt + HOUR, by: '1010', unit: null }
    const values = {
      concerned: '某大排档',
      happenedAt: '每晚',
      noiseType: 'entertainment',
      noiseHours: '22点至次日2点',
    }
    const papers = { otherPhone: '13900139000' }
    const groups = { ...page.record.groups, particulars: { version: 0, values } }
    const caller = page.caller && { ...page.caller, papers }
    const unproved = [0, 2.5 * HOUR].map((after) => ({ at: line.openedAt + after, by: '1007', opening: after === 0 }))
    work.pages.set(line.caseId, {
      ...{ ...page, caller, fields: fieldsOfCase({ ...page.record, groups }, caller, [shippedForm]), score: 86 },
      record: {
        ...page.record,
        groups,
        life: { ...page.record.life, answer: answered ? '已更换损坏灯头两盏，当晚恢复照明。' : null },
      },
      unproved: line.asked === null ? [] : unproved,
      steps:
        line.unit === null
          ? []
          : [
              { type: 'caseStepped', step: { type: 'dispatch', unit: line.unit }, state: 'toSign', ...by },
              {
                type: 'caseStepped',
                step: { type: 'sign' },
                state: 'inHand',
                at: by.at + HOUR,
                by: '张伟',
                unit: line.unit,
              },
              ...(line.asked === null
                ? []
                : [
                    {
                      type: 'caseStepped' as const,
                      step: { type: 'askExtension' as const, days: 5, reason: '须与街道联合执法，本周排不上' },
                      state: 'inHand' as const,
                      ...{ at: by.at + 5 * HOUR, by: '张伟', unit: line.unit },
                    },
                  ]),
            ],
    })
  }
}

/** Two neighbours called about it, too: one of them reports something. */
function withNeighbours(page: CasePage): CasePage {
  const { record } = page
  const calls = ['help' as const, 'report' as const, 'help' as const].map((kind, n) => ({
    callerId: `01930000-0000-7000-8000-00000000aa0${n}`,
    callId: null,
    takenBy: `101${n}`,
    at: record.openedAt + (n + 1) * HOUR,
    kind,
    wantsReply: n < 2,
    from: null,
  }))
  const events = calls.map((call, n) => ({
    type: 'callJoined' as const,
    call,
    groups: { ...record.groups, content: { text: ['菜市场门口两盏都不亮', '有人拆灯', '路口太黑'][n] ?? '' } },
    ...{ at: call.at, by: call.takenBy },
  }))
  const whole = { ...record, life: { ...record.life, calls } }
  const find = (callerId: string) => ({ callerId, name: '李女士', phone: '13900135566' })
  return {
    ...page,
    record: whole,
    calls: callsOfCase(whole, events, { staffNo: '1003', role: 'operator' }, find),
    children: [{ caseId: record.caseId, caseNo: 'JM20261126-A1-0031', openedAt: record.openedAt, summary: '路灯坏了' }],
  }
}
