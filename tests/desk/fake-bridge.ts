import type { Bridge } from '../../shared/bridge.ts'
import { stepLines, type LineEvent } from '../../shared/call/call-lines.ts'
import { callsUp, isAnyUp, noLines, type Lines } from '../../shared/call/lines.ts'
import type { CallMarks } from '../../shared/call/call-marks.ts'
import type { ListedCall } from '../../shared/call/call-book.ts'
import { isUp, type CallState } from '../../shared/call/call.ts'
import { statusEvent } from '../../renderer/phone/status-event.ts'
import { signedOff, stepOperator, type OperatorEvent } from '../../shared/call/operator-status.ts'
import type { EchoTest } from '../../shared/call/echo-test.ts'
import type { SoundDevices } from '../../shared/call/sound-devices.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'
import { fail, type ErrorCode, type Failure, type Result } from '../../shared/errors.ts'
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
import type { ArticleNews } from '../../shared/kb/article-news.ts'
import type { Suggested } from '../../shared/kb/suggest.ts'
import type { ArticleHit } from '../../shared/kb/hit.ts'
import type { DeskSync } from '../../shared/sync/status.ts'
import { FakeCases } from './fake-cases.ts'
import { phoneHandlers } from './fake-phone.ts'
import { storeHandlers } from './fake-store.ts'
import { FakeLedger, ledgerHandlers } from './fake-ledger.ts'
import { FakeWork, workHandlers } from './fake-work.ts'

export type Handlers = {
  [N in CommandName]?: (input: CommandInput<N>) => Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
}
type Listener = (data: never) => void
type CaseSummary = CommandOutput<'case.ofCaller'>['cases'][number]

/** The rest of the desktop, in memory and in the open: for looking at the desk, and for its tests. */
export class FakeDesktop implements Bridge {
  info: AppInfo = {
    version: '0.1.0',
    runtime: 'official',
    demo: null,
    enrolment: null,
    language: 'zh',
    operatorMay: ['devices', 'language', 'theme'],
  }
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
  /** What may be asked for next. */
  suggested: Suggested[] = []
  /** What was begun to be said of wrong articles. */
  wrongWords = new Map<string, string>()
  /** What became of articles in use. */
  news: ArticleNews[] = []
  shift: ListedCall[] = []
  /** The id of an entry stands for the letters of its name. */
  directory: DirectoryEntry[] = []
  stars = new Set<string>()
  /** What the store holds of central's rule tables. */
  tables: CommandOutput<'tables.current'> = []
  complete = true
  refused: Refused[] = []
  phoneUp = true
  /** What the store, central or the phone answers instead, while it is broken. */
  storeFault: ErrorCode | null = null
  /** What a call that is joined to a case is answered instead. */
  joinFault: Failure | null = null
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
  untaken: PhoneSnapshot['untaken'] = null
  /** What the store knows to be marked of calls. */
  readonly marks = new Map<string, CallMarks>()
  calls: { name: CommandName; input: unknown }[] = []
  answered: CommandName[] = []
  sync: DeskSync = {
    waiting: 0,
    waitingSince: null,
    central: 'reachable',
    unreachableSince: null,
    more: false,
    signIn: 'central',
    refused: 0,
    late: 0,
    articles: 312,
    unindexed: 0,
  }
  /** What stands saved, and what colleagues made of it. */
  readonly stands = new FakeCases()
  readonly work = new FakeWork()
  readonly ledger = new FakeLedger()
  #listeners = new Map<string, Set<Listener>>()
  readonly #handlers: Handlers = {
    ...phoneHandlers(this),
    ...storeHandlers(this),
    ...workHandlers(this.work),
    ...ledgerHandlers(this.ledger),
  }

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
    const also = { autoAnswerAt: this.autoAnswerAt, echo: this.echo, echoNumber: '600', untaken: this.untaken }
    return { operator, ...lines, line, problem, microphone, sound: 'ready', ...told, ...also }
  }

  get call(): CallState {
    return this.lines.call
  }

  set call(call: CallState) {
    this.lines = { ...noLines, call }
  }

  phone(event: LineEvent | null, status?: OperatorEvent['type'], at = Date.now()): void {
    const before = this.lines
    if (event) this.lines = stepLines(this.lines, event).lines
    const told = statusEvent(before, this.lines)
    if (told === 'callHeld' || told === 'callResumed') this.operator = stepOperator(this.operator, { type: told, at })
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

  /** A citizen calls, and is answered. */
  takeCall(callId: string): void {
    this.ring(undefined, undefined, callId)
    this.talk(callId)
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

  devices: SoundDevices = {
    microphones: ['内置麦克风', 'Jabra Evolve2 30'],
    speakers: ['音箱', 'Jabra Evolve2 30'],
    chosen: { microphone: 'Jabra Evolve2 30', speaker: 'Jabra Evolve2 30', ring: null },
    missing: [],
    pulled: null,
  }

  /** Says anew which devices there are. */
  plug(devices: Partial<SoundDevices>): void {
    this.devices = { ...this.devices, ...devices }
    this.emit('phone.devicesChanged', this.devices)
  }
}
