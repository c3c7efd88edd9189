/** The desk in a plain browser on an invented world; scenes are played from outside by `window.world`. */
import { emptyForm } from '../../../shared/case/case-form.ts'
import { legOf } from '../fake-ledger.ts'
import { exampleWorld } from './world.ts'
import { defaultNumberPlan } from '../../../shared/number-plan.ts'

const world = exampleWorld()
const asked = new URLSearchParams(location.search)
if (asked.get('signedIn') !== '0') {
  world.session = {
    operator: { staffNo: '1003', name: '林晓', role: asked.get('role') === 'monitor' ? 'monitor' : 'operator' },
    deskCode: 'A1',
    numberPlan: defaultNumberPlan,
  }
  world.register()
}
const now = Date.now()
world.ledger.rows = [
  legOf(134, now),
  legOf(47, now, { ending: 'answered', answeredAt: now - 3_500_000, answeredBy: '1004', staffNo: '1004' }),
  legOf(12, now, { ending: 'abandonedRinging', tries: 2 }),
  legOf(3, now, { number: '', ending: 'afterHours' }),
]
world.issuer = asked.get('issuer') === '1'
const device = asked.get('device')
if (device === 'none' || device === 'refused') world.device = device
if (asked.get('call') === 'up') {
  // The desk opens in mid-call, as after its own death: the call goes on and the draft lies in the store.
  const at = Date.now() - 95_000
  world.ring(undefined, undefined, undefined, at - 5000)
  world.talk('call-1', at)
  const form = { ...emptyForm('13800132210'), callerName: '陈女士', content: '写到一半的内容，' }
  const draft = { caseId: '01920000-0000-7000-8000-000000000000', callId: 'call-1', form, startedAt: at, updatedAt: at }
  world.drafts.set(draft.caseId, { ...draft, caseNo: null, clean: false })
}
world.info = {
  ...world.info,
  runtime: asked.get('runtime') === 'test' ? 'test' : 'official',
  language: asked.get('lang') === 'en' ? 'en' : 'zh',
  // Everything is the administrator's.
  ...(asked.get('may') === 'nothing' ? { operatorMay: [] } : {}),
}
Object.assign(window, { sanxin: world, world })
await import('../../../renderer/desk/main.tsx')
