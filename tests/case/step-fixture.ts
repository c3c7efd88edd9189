/** A matter that waits for dispatch, and the steps that may be taken with it. */
import type { CaseRecord } from '../../shared/case/case-record.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import type { CaseStep, StepType } from '../../shared/case/case-step.ts'
import { caseSteps, decideStep, type Party } from '../../shared/case/steps.ts'

export const caseId = '0197a000-0000-7000-8000-000000000001'
export const OPERATOR = '1003'
export const UNIT = '市交通运输局'

export const step: { readonly [S in StepType]: Extract<CaseStep, { type: S }> } = {
  dispatch: { type: 'dispatch', unit: UNIT },
  sign: { type: 'sign' },
  return: { type: 'return', reason: '不属本单位' },
  redispatch: { type: 'redispatch', unit: '市城管局', reason: '职责在城管' },
  invite: { type: 'invite', units: ['市公安局'] },
  askExtension: { type: 'askExtension', days: 5, reason: '待材料' },
  grantExtension: { type: 'grantExtension', days: 3 },
  denyExtension: { type: 'denyExtension', reason: '不够充分' },
  suspend: { type: 'suspend', reason: '等市民补充' },
  resume: { type: 'resume' },
  contribute: { type: 'contribute', text: '已现场查看' },
  answer: { type: 'answer', text: '已修复' },
  sendBack: { type: 'sendBack', reason: '未答复诉求' },
  visit: { type: 'visit', reached: true, solved: true, rating: 5, note: '' },
  rate: { type: 'rate', rating: 4, text: '修得快' },
  settle: { type: 'settle' },
  rehandle: { type: 'rehandle', reason: '市民不满意' },
  supervise: { type: 'supervise', reason: '超期' },
  decline: { type: 'decline', reason: '已进入诉讼', channel: '人民法院' },
  join: { type: 'join', into: '0197a000-0000-7000-8000-0000000000ff' },
  unjoin: { type: 'unjoin', reason: '不是同一件事' },
  takeOut: { type: 'takeOut', caller: '0197a000-0000-7000-8000-0000000000aa', reason: '说的是另一件事' },
  archive: { type: 'archive' },
  makeEvent: { type: 'makeEvent', title: '青云小区停水', say: '正在抢修，预计 18 时恢复' },
  endEvent: { type: 'endEvent' },
}

export function toDispatch(): CaseRecord {
  const context = { at: 1, by: OPERATOR, mutation: caseId, baseRevision: 9 }
  const reply = { mode: 'later' as const, text: '', articles: [] }
  const opened = decideCase(
    null,
    {
      type: 'case.open',
      caseId,
      caseNo: 'JM20261123-A1-0001',
      callId: null,
      groups: {
        classification: { kind: 'help', code: '0201' },
        place: { district: '蓬江区', street: null, address: '' },
        caller: { callerId: caseId },
        content: { text: '路灯不亮' },
        reply,
      },
    },
    context,
  )
  const record = foldCase(null, caseId, opened.ok ? opened.value : [])
  const replied = decideCase(record, { type: 'case.reply', caseId, base: { revision: 1 }, reply }, context)
  const waiting = foldCase(record, caseId, replied.ok ? replied.value : [])
  if (waiting === null) throw new Error('not opened')
  return waiting
}

const unitOf: { readonly [P in Party]: string | null } = {
  centre: null,
  visitor: null,
  taker: null,
  joiner: null,
  lead: UNIT,
  other: '市公安局',
  citizen: null,
}
/** Who joins calls is at the other desk. */
const authorOf: { readonly [P in Party]?: string } = { centre: '1001', joiner: '1008' }
export const taken = (record: CaseRecord, one: CaseStep, party: Party, at = record.revision + 1) =>
  decideStep(record, one, { at, by: authorOf[party] ?? `of-${party}`, party, unit: unitOf[party] })

export const NEIGHBOUR = '0197a000-0000-7000-8000-0000000000aa'
/** Somebody else called about the case, at another desk. */
export function called(record: CaseRecord, callerId = NEIGHBOUR, mode: 'later' | 'notWanted' = 'later', by = '1008') {
  const groups = { ...record.groups, caller: { callerId }, reply: { mode, text: '', articles: [] } }
  const context = { at: record.revision + 1, by, mutation: callerId, baseRevision: 0 }
  const decided = decideCase(record, { type: 'case.call', caseId, callId: `call-${callerId}`, groups }, context)
  if (!decided.ok) throw new Error('a call is a fact')
  return foldCase(record, caseId, decided.value) ?? record
}

/** The case after these steps, each by the first party that may take it. */
export function after(...steps: (CaseStep | StepType)[]): CaseRecord {
  return steps.reduce<CaseRecord>((record, one) => {
    const wanted = typeof one === 'string' ? step[one] : one
    const [party = 'centre'] = caseSteps[wanted.type].by
    const decided = taken(record, wanted, party)
    if (!decided.ok) throw new Error(`${wanted.type}: ${JSON.stringify(decided.error)}`)
    return foldCase(record, caseId, decided.value) ?? record
  }, toDispatch())
}

export const refusal = (record: CaseRecord, one: CaseStep, party: Party) => {
  const decided = taken(record, one, party)
  return decided.ok ? null : decided.error
}
