import type { Sheet } from '../../../shared/kb/sheet.ts'
import { idCardSheets, line28, vehicleOffice } from './sheets.ts'
import { emptyForm } from '../../../shared/case/case-form.ts'
import type { ListedCall } from '../../../shared/call/call-book.ts'
import type { DirectoryEntry } from '../../../shared/directory/entry.ts'
import type { Refused } from '../../../shared/ipc.ts'
import { FakeDesktop } from '../fake-bridge.ts'
import type { CaseForm } from '../../../shared/case/case-form.ts'
import type { GroupName } from '../../../shared/case/case-record.ts'
import { partsOfForm } from '../../../shared/case/form-parts.ts'
import { lateOf, refusedOf } from '../fake-cases.ts'
import { fillWork } from './work-world.ts'

const day = 86_400_000

/** The invented desktop, and what central may refuse of it when a scene says so. */
class ExampleDesktop extends FakeDesktop {
  refusedExamples: Refused[] = []
  longNames: DirectoryEntry[] = []

  /** A colleague changed these groups of a case while she did: hers came late. */
  meet(caseId: string, groups: readonly GroupName[]): void {
    const mine = this.stands.seen.get(caseId) ?? emptyForm()
    const theirs: CaseForm = {
      ...mine,
      classification: '0102',
      street: '白沙街道',
      address: '白沙大道西 28 号',
      callerName: '陈小姐',
      callerPhone: '13800132219',
      content: mine.content.replace('江门站', '江门东站').replace('尽快', '十分钟内'),
      replyMode: 'later',
      reply: '转公交集团核实后回复。',
    }
    for (const group of groups) {
      const parts = partsOfForm(theirs, group)
      this.stands.changeElsewhere(caseId, parts)
      this.stands.late.push(lateOf(caseId, group, parts, partsOfForm(mine, group)))
    }
    this.tellLists()
  }
}

/** A desk with a past: earlier cases, drafts, a handful of articles. All invented. */
export function exampleWorld(): FakeDesktop {
  const world = new ExampleDesktop()
  const now = Date.now()
  fillWork(world.work, now)
  world.cases = [
    ['路灯不亮，东华一路近菜市场', 'help', 'toDispatch', 11],
    ['社保卡补办需要哪些材料', 'consult', 'repliedAtOnce', 24],
    ['小区夜间施工噪音，持续到凌晨一点', 'complaint', 'accepted', 66],
  ].map(([content, kind, state, days], index) => ({
    caseId: `0190000${index}-0000-7000-8000-000000000000`,
    caseNo: `JM20261112-A1-000${index}`,
    kind: String(kind),
    state: String(state),
    openedAt: now - Number(days) * day,
    content: String(content),
    callerName: '陈女士',
  }))
  for (const [index, content] of [
    '新会会城某小区二次供水水压不足，早晚高峰无水',
    '咨询公积金异地贷款所需材料',
  ].entries()) {
    const caseId = `0191000${index}-0000-7000-8000-000000000000`
    const form = { ...emptyForm('0750-6631234'), content }
    world.drafts.set(caseId, {
      caseId,
      callId: null,
      form,
      startedAt: now,
      updatedAt: now - index * 3_600_000,
      caseNo: null,
      clean: false,
    })
  }
  world.refusedExamples = [
    refusedOf('0192aaaa-0000-7000-8000-000000000001', {
      at: now - 600_000,
      status: 'quarantined',
      code: 'strangeCaller',
      what: 'case.open',
      caseNo: 'JM20261123-A1-0412',
      form: {
        ...emptyForm('13800132210'),
        content:
          '蓬江区白沙大道西某小区地下车库渗水严重，物业多次推脱，业主希望住建部门上门查看并限期整改，另外电梯也经常停运，老人出行不便。',
      },
    }),
    refusedOf('0192aaaa-0000-7000-8000-000000000002', {
      at: now - 4_000_000,
      caseNo: 'JM20261123-A1-0398',
      form: { ...emptyForm('0750-6631234'), content: '路灯不亮，东华一路近菜市场，补充：共三盏' },
    }),
    refusedOf('0192aaaa-0000-7000-8000-000000000003', {
      at: now - day,
      status: 'quarantined',
      code: 'clockAhead',
      what: 'call',
      form: null,
    }),
  ]
  const called = (callId: string, minutes: number, more: Partial<ListedCall>): ListedCall => {
    const at = now - minutes * 60_000
    const plain = { callId, at, direction: 'in', purpose: 'citizen', number: '13800132210', tries: 0 } as const
    const over = { answeredAt: at + 8000, endedAt: at + 169_000, outcome: 'completed', transferredTo: null } as const
    return { ...plain, ...over, caseId: null, caseNo: null, owed: false, answeredElsewhere: false, ...more }
  }
  const missed = { answeredAt: null, outcome: 'missed' } as const
  world.shift = [
    called('s1', 6, { ...missed, number: '13900139000', owed: true }),
    called('s2', 14, { ...missed, number: '' }),
    called('s3', 21, { caseId: '01950000-0000-7000-8000-000000000000', caseNo: 'JM20261123-A1-0415' }),
    called('s4', 23, { direction: 'out', purpose: 'consult', number: '1004' }),
    called('s5', 48, { number: '0750-3500123', outcome: 'lost', owed: true, tries: 2 }),
    called('s6', 75, { number: '18607501234', outcome: 'transferred', transferredTo: '0750-3501200' }),
    called('s7', 90, { direction: 'out', outcome: 'failed', answeredAt: null }),
    called('s8', 120, { outcome: 'rejected', answeredAt: null, number: '13600001111' }),
    called('s10', 150, { ...missed, number: '13700002222', answeredElsewhere: true }),
    called('s9', 190, { caseId: '01950001-0000-7000-8000-000000000000' }),
  ]
  const unit = (id: string, name: string, hours: string, ...numbers: [string, string][]): DirectoryEntry => ({
    ...{ id, kind: 'unit', name, hours, district: null },
    numbers: numbers.map(([words, number]) => ({ words, number })),
  })
  world.directory = [
    unit('sgajjtjczd', '市公安局交通警察支队', '全天值班', ['值班', '3500211'], ['事故处理', '3500212']),
    unit('sswj', '市水务局', '全天值班', ['值班', '3500241'], ['抢修', '3500242']),
    unit('scsglhzhzfj', '市城市管理和综合执法局', '全天值班；办公 8:30–12:00 14:30–17:30', ['值班', '3500231']),
    { id: 'lx', kind: 'colleague', name: '林晓', staffNo: '1004', extension: '1004', team: '甲班', role: 'operator' },
  ]
  world.longNames = [
    unit('cs1', '市城市管理和综合执法局蓬江分局白沙街道执法队', '8:30–17:30', ['夜间值班和投诉受理', '0750-3500231']),
    unit('cs2', '市城市管理和综合执法局蓬江分局环市街道执法队', '8:30–17:30', ['夜间值班和投诉受理', '0750-3500232']),
    {
      ...{ id: 'cs3', kind: 'colleague', name: '阿卜杜热合曼·买买提依明·吐尔逊江', staffNo: '1005' },
      ...{ extension: '1005', team: '夜班第三小组（重点时段支援）', role: 'operator' },
    },
  ]
  world.stars.add('sswj')
  const article = (
    id: string,
    title: string,
    source: string,
    validUntil: string,
    body: string,
    sheets?: Sheet[],
    expired = false,
  ) => ({
    id,
    version: 7,
    title,
    source,
    validUntil,
    expired,
    body,
    snippet: body.replace(/\n/g, ' '),
    notBefore: null,
    unit: source,
    district: null,
    ...(sheets && { sheets }),
  })
  world.articles = [
    article(
      'KB-2041',
      '28 路：白沙大道中 → 江门站',
      '公交集团',
      '2027-03-31',
      '在白沙大道中站乘 28 路可以直达江门站，约 35 分钟。\n首末班：6:20 – 22:00\n间隔：10–12 分钟\n上车：白沙大道中\n下车：江门站（第 14 站）\n票价：2 元，可刷码',
      [line28],
    ),
    article(
      'KB-2050',
      '江门站公交接驳一览',
      '交通运输局',
      '2027-01-31',
      '白沙大道方向乘 28 路、62 路；高铁到站后从东广场换乘。',
    ),
    article(
      'KB-1007',
      '高铁江门站进站与停止检票时间（白沙大道方向提前 40 分钟）',
      '铁路 12306',
      '2026-10-01',
      '开车前 5 分钟停止检票。',
      undefined,
      true,
    ),
    article(
      'KB-6103',
      '车管所几点上下班',
      '市公安局交通警察支队',
      '2027-12-31',
      '车管业务先看能不能在交管 12123 手机端办；必须到场的，到下面的窗口，下班前半小时停止取号。',
      [vehicleOffice],
    ),
    article(
      'KB-1531',
      '身份证申领、换领与补领',
      '市公安局',
      '2027-12-31',
      '在江门任一派出所户政窗口都可以办，跨省户籍同样受理，不用回老家。',
      idCardSheets,
    ),
  ]
  return world
}
