import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import type { Clock, Ids } from '../../shared/ports.ts'
import type { SoundDeps } from './call-sounds.ts'
import type { EchoDeps } from './echo-test.ts'
import type { FactQueue } from './fact-queue.ts'
import type { SipEvents, SipPhone } from './sip-ports.ts'

type Ringer = { start(): void; stop(): void }

/** What the phone needs of the world; fakes in unit tests, SIP.js and Web Audio in the app. */
export type PhoneDeps = Omit<SoundDeps, 'microphone'> & {
  readonly clock: Clock
  readonly ids: Ids
  readonly sip: (on: SipEvents) => SipPhone
  /** The ring of a call in front, the soft sign of one that knocks, and what is heard while somebody is rung. */
  readonly tones: Readonly<Record<'ring' | 'knock' | 'ringBack', Ringer>>
  readonly microphone: SoundDeps['microphone'] & { state(): PhoneSnapshot['microphone'] }
  /** Whether a ring can be heard at all. */
  readonly sound: () => PhoneSnapshot['sound']
  /** What is on its way to the store. */
  readonly facts: Pick<FactQueue, 'add' | 'waiting' | 'stalled'>
  /** When the call that rings is answered by itself (auto-answer.ts). */
  readonly autoAnswerAt: () => number | null
  readonly echo: EchoDeps
  readonly publish: (snapshot: PhoneSnapshot) => void
}
