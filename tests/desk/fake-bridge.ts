import type { Bridge } from '../../shared/bridge.ts'
import {
  callsUp,
  isAnyUp,
  noLines,
  slotOf,
  stepLines,
  type LineEvent,
  type Lines,
} from '../../shared/call/call-lines.ts'
import type { CallMarks } from '../../shared/call/call-marks.ts'
import type { ListedCall } from '../../shared/call/call-book.ts'
import { isUp, type CallState } from '../../shared/call/call-machine.ts'
import { signedOff, stepOperator, type OperatorEvent } from '../../shared/call/operator-status.ts'
import type { EchoTest } from '../../shared/call/echo-test.ts'
import type { SoundDevices } from '../../shared/call/sound-devices.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { rankEntry } from '../../shared/directory/match.ts'
import { emptyForm } from '../../shared/case/case-form.ts'
import { fail, ok, type ErrorCode, type Result } from '../../shared/errors.ts'
import type {
  AppInfo,
  CommandInput,
  CommandName,
  CommandOutput,
  DeviceState,
  Draft,
  EventData,
  EventName,
  Refused,
  Session,
} from '../../shared/ipc.ts'
import { indexTokens, queryTerms } from '../../shared/kb/grams.ts'
import type { ArticleHit } from '../../shared/kb/hit.ts'
import type { DeskSync } from '../../shared/sync/status.ts'
import { FakeCases } from './fake-cases.ts'

type Handlers = {
  [N in CommandName]?: (input: CommandInput<N>) => Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
}
type Listener = (data: never) => void
type CaseSummary = CommandOutput<'case.ofCaller'>['cases'][number]

/** The rest of the desktop, in memory and in the open: for looking at the desk, and for its tests. */
export class FakeDesktop implements Bridge {
  info: AppInfo = { version: '0.1.0', runtime: 'official', demo: null, enrolment: null, language: 'zh' }
  session: Session | null = null
  lines: Lines = noLines
  operator = signedOff
  queue: PhoneSnapshot['queue'] = 'none'
  line: PhoneSnapshot['line'] = 'off'
  microphone: PhoneSnapshot['microphone'] = 'ready'
  problem: PhoneSnapshot['problem'] = null
  drafts = new Map<string, Draft>()
  /** Under whose name each draft was last stored. */
  authors = new Map<string, string>()
  cases: CaseSummary[] = []
  articles: ArticleHit[] = []
  shift: ListedCall[] = []
  /** The id of an entry stands for the letters of its name. */
  directory: DirectoryEntry[] = []
  stars = new Set<string>()
  complete = true
  refused: Refused[] = []
  phoneUp = true
  /** What the store, central or the phone answers instead, while it is broken. */
  storeFault: ErrorCode | null = null
  signInFault: ErrorCode | null = null
  /** Whoever signs in needs the code 123456 besides the password. */
  wantsCode = false
  issuer = false
  backFromBrowser: (answer: Result<Session>) => void = () => {}
  device: DeviceState = 'enrolled'
  enrolFault: ErrorCode | null = null
  delay = 5
  /** Commands that take longer. */
  slow: Partial<Record<CommandName, number>> = {}
  autoAnswerAt: number | null = null
  echo: EchoTest | null = null
  /** What the store knows to be marked of calls. */
  readonly marks = new Map<string, CallMarks>()
  calls: { name: CommandName; input: unknown }[] = []
  answered: CommandName[] = []
  sync: DeskSync = {
    waiting: 0,
    waitingSince: null,
    central: 'reachable',
    unreachableSince: null,
    signIn: 'central',
    refused: 0,
    late: 0,
    articles: 312,
    unindexed: 0,
  }
  /** What stands saved, and what colleagues made of it. */
  readonly stands = new FakeCases()
  #listeners = new Map<string, Set<Listener>>()
  #saved = 416
  #dialled = 0

  async invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>> {
    this.calls.push({ name, input })
    await new Promise((resolve) => setTimeout(resolve, this.slow[name] ?? this.delay))
    this.answered.push(name)
    const store = /^(draft|case|kb|sync|desk|call|directory)\./.test(name)
    if (store && this.storeFault) return fail(this.storeFault)
    if (name.startsWith('phone.') && !this.phoneUp) return fail('phoneDown')
    const handle = this.#handlers[name]
    return handle ? handle(input) : fail('notFound', name)
  }

  on<N extends EventName>(name: N, handle: (data: EventData<N>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set<Listener>()
    this.#listeners.set(name, set)
    set.add(handle)
    return () => set.delete(handle)
  }

  serve(): void {}

  emit<N extends EventName>(name: N, data: EventData<N>): void {
    for (const handle of this.#listeners.get(name) ?? []) handle(data as never)
  }

  snapshot(): PhoneSnapshot {
    const { operator, lines, line, problem, microphone } = this
    const told = { author: '1003', untold: [], stalled: false, wrapUpSeconds: 60, queue: this.queue, canPause: true }
    const also = { autoAnswerAt: this.autoAnswerAt, echo: this.echo, echoNumber: '600' }
    return { operator, ...lines, line, problem, microphone, sound: 'ready', ...told, ...also }
  }

  get call(): CallState {
    return this.lines.call
  }

  set call(call: CallState) {
    this.lines = { ...noLines, call }
  }

  phone(event: LineEvent | null, status?: OperatorEvent['type'], at = Date.now()): void {
    if (event) this.lines = stepLines(this.lines, event).lines
    if (status) this.operator = stepOperator(this.operator, { type: status, at })
    this.emit('phone.changed', this.snapshot())
  }

  register(at = Date.now()): void {
    this.line = 'registered'
    this.phone(null, 'registered', at)
  }

  ring(number = '13800132210', name = '陈女士', callId = 'call-1', at = Date.now()): void {
    this.phone(
      { type: 'inviteArrived', caller: { callId, number, name, queue: '12345' }, at },
      isAnyUp(this.lines) ? undefined : 'callRinging',
      at,
    )
  }

  talk(callId = 'call-1', at = Date.now()): void {
    this.phone({ type: 'answerPressed', callId, at })
    this.phone({ type: 'sessionEstablished', callId, at }, 'callAnswered', at)
    this.phone({ type: 'mediaConfirmed', callId, at })
    this.settleHolds(at)
  }

  /** The exchange takes every hold and resume that is on its way. */
  settleHolds(at = Date.now()): void {
    for (const { caller, hold } of callsUp(this.lines))
      if (hold.busy) this.phone({ type: 'holdSettled', callId: caller.callId, held: hold.wanted, ok: true, at })
  }

  /** Somebody picks up whom the desk dialled. */
  pickUp(callId: string, at = Date.now()): void {
    this.phone({ type: 'sessionEstablished', callId, at })
    this.phone({ type: 'mediaConfirmed', callId, at })
    this.settleHolds(at)
  }

  end(callId = 'call-1', at = Date.now()): void {
    const over = this.operator.status === 'ringing' ? 'callMissed' : 'callEnded'
    this.phone({ type: 'remoteHungUp', callId, at })
    this.settleHolds(at)
    // The operator is in a call for as long as one is up.
    if (!isAnyUp(this.lines)) this.phone(null, over, at)
  }

  store(state: 'up' | 'down'): void {
    this.storeFault = state === 'down' ? 'storeDown' : null
    this.emit('service.changed', { service: 'store', state, code: state === 'down' ? 'storeDown' : null })
  }

  /** The phone's process dies; what it was doing is known to nobody but main. */
  killPhone(): void {
    this.phoneUp = false
    this.emit('service.changed', { service: 'phone', state: 'down', code: 'phoneDown' })
  }

  /** A new phone: it says first that nothing is up, then takes up what the one before it left, then main says so. */
  revivePhone(at = Date.now()): void {
    const { call, operator } = this
    this.call = null
    this.operator = signedOff
    this.phone(null)
    this.operator = stepOperator(operator, { type: 'unregistered', at })
    this.call = call
    const answered = call?.answeredAt !== null
    if (isUp(call))
      this.phone({ type: 'phoneFailed', callId: call.caller.callId, at }, answered ? 'callEnded' : 'callMissed', at)
    this.phoneUp = true
    this.emit('service.changed', { service: 'phone', state: 'up', code: null })
    this.register(at)
  }

  /** Central did not take something. */
  refuse(...entries: Refused[]): void {
    this.refused = [...entries, ...this.refused]
    this.tellLists()
  }

  /** Says anew how many things stand on the lists. */
  tellLists(): void {
    this.sync = { ...this.sync, refused: this.refused.length, late: this.stands.late.length }
    this.emit('sync.changed', this.sync)
  }

  #offList(id: string): Refused | null {
    const entry = this.refused.find((each) => each.id === id) ?? null
    this.refused = this.refused.filter((each) => each !== entry)
    if (entry) this.tellLists()
    return entry
  }

  #search(query: string): ArticleHit[] {
    const tokens = queryTerms(query).flatMap((term) => term.tokens)
    return this.articles.filter(({ title, body }) => {
      const there = new Set(indexTokens(`${title}\n${body}`))
      return tokens.length > 0 && tokens.every((token) => there.has(token))
    })
  }

  devices: SoundDevices = {
    microphones: ['内置麦克风', 'Jabra Evolve2 30'],
    speakers: ['音箱', 'Jabra Evolve2 30'],
    chosen: { microphone: 'Jabra Evolve2 30', speaker: 'Jabra Evolve2 30', ring: null },
    missing: [],
  }

  /** Says anew which devices there are. */
  plug(devices: Partial<SoundDevices>): void {
    this.devices = { ...this.devices, ...devices }
    this.emit('phone.devicesChanged', this.devices)
  }

  #handlers: Handlers = {
    'phone.devices': () => ok(this.devices),
    'phone.useDevice': ({ role, name }) => {
      const names = role === 'microphone' ? this.devices.microphones : this.devices.speakers
      if (name !== null && !names.includes(name)) return fail('notFound')
      this.plug({ chosen: { ...this.devices.chosen, [role]: name } })
      return ok(null)
    },
    'phone.testRing': () => ok(null),
    'phone.testMicrophone': () => ok(null),
    'app.info': () => ok(this.info),
    'device.state': () => ok({ state: this.device }),
    'device.enrol': () => {
      if (this.enrolFault) return fail(this.enrolFault)
      this.device = 'enrolled'
      return ok({ state: this.device })
    },
    'session.current': () => ok(this.session),
    'session.ways': () => ok({ issuer: this.issuer }),
    // Whoever is in the browser comes back when the world says so.
    'session.signInByIssuer': () => new Promise<Result<Session>>((resolve) => (this.backFromBrowser = resolve)),
    'session.cancelIssuer': () => {
      this.backFromBrowser(fail('notSignedIn', 'cancelled'))
      return ok(null)
    },
    'session.signIn': ({ staffNo, code }) => {
      if (this.wantsCode && code !== '123456') return fail(code === undefined ? 'codeRequired' : 'codeWrong')
      if (this.signInFault) return fail(this.signInFault, this.signInFault === 'lockedOut' ? '12' : undefined)
      this.session = { operator: { staffNo, name: '林晓', role: 'operator' }, deskCode: 'A1' }
      return ok(this.session)
    },
    'session.renew': ({ code }) => {
      if (this.wantsCode && code !== '123456') return fail(code === undefined ? 'codeRequired' : 'codeWrong')
      return this.signInFault ? fail(this.signInFault) : ok(null)
    },
    'session.signOut': () => ok(null),
    'phone.snapshot': () => ok(this.snapshot()),
    'phone.answer': ({ callId }) => {
      this.talk(callId)
      return ok(null)
    },
    'phone.reject': ({ callId }) => {
      this.phone({ type: 'rejectPressed', callId, at: Date.now() }, 'callRejected')
      return ok(null)
    },
    'phone.hangUp': ({ callId }) => {
      this.phone({ type: 'hangUpPressed', callId, at: Date.now() })
      this.end(callId)
      return ok(null)
    },
    'phone.hold': ({ callId, held }) => {
      const at = Date.now()
      this.phone({ type: held ? 'holdPressed' : 'resumePressed', callId, at })
      this.settleHolds(at)
      return ok(null)
    },
    'phone.swap': () => {
      this.phone({ type: 'swapPressed', at: Date.now() })
      this.settleHolds()
      return ok(null)
    },
    'phone.join': ({ joined }) => {
      this.phone({ type: joined ? 'joinPressed' : 'splitPressed', at: Date.now() })
      this.settleHolds()
      return ok(null)
    },
    'phone.tones': () => ok(null),
    'phone.complete': () => {
      this.phone({ type: 'completePressed', at: Date.now() })
      return ok(null)
    },
    'phone.dial': ({ number, purpose, paysBack }) => {
      const callId = `out-${(this.#dialled += 1)}`
      const caller = { callId, number, name: '', queue: '' }
      this.phone({ type: 'dialled', caller, purpose, paysBack, at: Date.now() }, 'callDialled')
      this.settleHolds()
      return slotOf(this.lines, callId) === null ? fail('illegalTransition') : ok({ callId })
    },
    'phone.watch': ({ extensions }) => ok(Object.fromEntries(extensions.map((each) => [each, 'free'] as const))),
    'phone.mute': ({ callId, muted }) => {
      this.phone({ type: 'mutePressed', callId, muted, at: Date.now() })
      return ok(null)
    },
    'phone.echoTest': ({ on }) => {
      this.echo = on ? { state: 'calling', heard: false, status: null } : null
      this.phone(null)
      return ok(null)
    },
    'phone.warn': ({ callId, withdraw }) => {
      const at = Date.now()
      const before = this.call?.care.warnings.length ?? 0
      this.phone({ type: withdraw ? 'warningWithdrawn' : 'warned', callId, at })
      const type = withdraw ? 'warningsWithdrawn' : 'warned'
      if (!withdraw || before === 1) this.operator = stepOperator(this.operator, { type, callId, at })
      this.phone(null)
      return ok(null)
    },
    'phone.pauseRecording': ({ callId, paused }) => {
      const at = Date.now()
      this.phone(
        paused ? { type: 'recordingPaused', callId, at } : { type: 'recordingResumed', callId, why: 'pressed', at },
      )
      return ok(null)
    },
    'call.marks': ({ callId }) => ok(this.marks.get(callId) ?? { warnings: [], recording: null }),
    'phone.wrapUpDone': () => {
      this.phone(null, 'wrapUpDone')
      return ok(null)
    },
    'phone.extendWrapUp': () => {
      this.phone(null, 'wrapUpExtended')
      return ok(null)
    },
    'phone.away': ({ reason }) => {
      if (reason === null) this.operator = stepOperator(this.operator, { type: 'cameBack', at: Date.now() })
      else this.operator = stepOperator(this.operator, { type: 'wentAway', reason, at: Date.now() })
      this.phone(null)
      return ok(null)
    },
    'call.settle': () => ok(null),
    'call.shift': () => ok([...this.shift]),
    'call.nextOwed': () => ok(this.shift.find(({ owed }) => owed) ?? null),
    'directory.search': ({ query }) => {
      const byRank = this.directory
        .map((entry) => ({ entry, rank: query === '' ? 0 : rankEntry(entry, [...entry.id], query) }))
        .filter(({ rank }) => rank !== null)
        .toSorted((a, b) => Number(this.stars.has(b.entry.id)) - Number(this.stars.has(a.entry.id)))
      return ok({ query, hits: byRank.map(({ entry }) => ({ entry, starred: this.stars.has(entry.id) })) })
    },
    'directory.star': ({ id, starred }) => {
      if (starred) this.stars.add(id)
      else this.stars.delete(id)
      return ok(null)
    },
    'draft.reopen': ({ caseId }) => {
      const saved = this.shift.find((call) => call.caseId === caseId)
      if (!saved || saved.caseNo === null) return fail('notFound')
      const { callId, caseNo, number, at } = saved
      const form = { ...emptyForm(number), content: '路灯不亮，东华一路近菜市场' }
      this.drafts.set(caseId, { caseId, callId, caseNo, form, startedAt: at, updatedAt: at, clean: true })
      return ok(null)
    },
    'draft.save': ({ author, ...draft }) => {
      const updatedAt = Date.now()
      const { caseId } = draft
      const clean = this.stands.isClean(caseId, draft.form)
      this.drafts.set(caseId, { ...draft, updatedAt, clean, caseNo: this.drafts.get(caseId)?.caseNo ?? null })
      this.authors.set(caseId, author)
      return ok({ updatedAt })
    },
    'draft.list': () => ok([...this.drafts.values()]),
    'draft.discard': ({ caseId }) => {
      this.drafts.delete(caseId)
      return ok(null)
    },
    'case.save': ({ caseId, form }) => {
      const draft = this.drafts.get(caseId)
      const caseNo = draft?.caseNo ?? `JM20261123-A1-${String((this.#saved += 1)).padStart(4, '0')}`
      this.stands.save(caseId, form)
      if (draft) this.drafts.set(caseId, { ...draft, caseNo, clean: this.stands.isClean(caseId, draft.form) })
      return ok({ caseNo, savedAt: Date.now() })
    },
    'case.ofCaller': () => ok({ cases: this.cases, complete: this.complete }),
    'desk.today': () =>
      ok({ answered: 37, missed: 1, repliesOwed: 0, callsOwed: this.shift.filter(({ owed }) => owed).length }),
    'kb.search': ({ query }) =>
      ok({ query, hits: this.#search(query), marks: queryTerms(query).map((term) => term.text) }),
    'sync.refused': () => ok(this.refused),
    'sync.takeBack': ({ id }) => {
      const entry = this.#offList(id)
      if (!entry?.form) return fail('notFound')
      const at = Date.now()
      const { form, caseNo } = entry
      // As the store does it: beside what is there, never over it.
      const there = [...this.drafts.values()].find((draft) => caseNo !== null && draft.caseNo === caseNo)
      if (there && JSON.stringify(there.form) === JSON.stringify(form)) {
        this.drafts.set(there.caseId, { ...there, clean: false })
        this.stands.seen.delete(there.caseId)
        return ok({ caseId: there.caseId })
      }
      const callId = entry.what === 'case.open' ? (there?.callId ?? null) : null
      const own = there ? null : caseNo
      this.drafts.set(id, { caseId: id, callId, form, startedAt: at, updatedAt: at, caseNo: own, clean: false })
      return ok({ caseId: id })
    },
    'sync.dismiss': ({ id }) => {
      this.#offList(id)
      return ok(null)
    },
    'sync.late': () => ok(this.stands.list()),
    'case.settle': (input) => {
      const answer = this.stands.settle(input)
      this.tellLists()
      return answer
    },
    'case.standing': ({ caseId }) => ok(this.stands.standing(caseId)),
    'draft.follow': (input) => {
      this.stands.follow(input)
      return ok(null)
    },
    'sync.status': () => ok(this.sync),
  }
}
