/** What SIP tells the phone, of the line and of the calls, and what the phone asks of it. */
import type { Caller } from '../../shared/call/call.ts'
import type { CodecName } from '../../shared/call/codecs.ts'
import type { IceServer } from '../../shared/call/ice-servers.ts'
import type { LineProblem } from '../../shared/call/phone-snapshot.ts'
import type { UntakenWhy } from '../../shared/call/untaken-call.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import type { Completion } from './sip-transfer.ts'

export type LegEvents = {
  invited(caller: Caller): void
  /** A call was refused that nobody here could have heard. */
  untaken(caller: Caller, why: UntakenWhy): void
  /** What the exchange says of a call in headers of its own, of the INVITE or of its 200. */
  told(callId: string, header: (name: string) => string | undefined): void
  /** It rings at the other side of a call that is dialled here. */
  rangThere(callId: string): void
  /** Sound may come of a call that is dialled here and that nobody has answered yet. */
  early(callId: string): void
  established(callId: string): void
  /**
   * The call is over; `failed` when it never stood or broke, rather than being hung up; `status` where it was refused;
   * `elsewhere` where it rang here and somebody else has answered it.
   */
  over(callId: string, failed: boolean, status: number | null, elsewhere?: boolean): void
}

export type SipLegs = {
  accept(callId: string, sound: MediaStream): Promise<void>
  refuse(callId: string, status: 480 | 486): void
  dial(callId: string, number: string, sound: MediaStream): Promise<void>
  /**
   * Ends it: by BYE, by CANCEL while it is being dialled, by 480 while it is not answered yet, or as soon as it stands.
   * Without a link it is over ten seconds later at the most (N3, N4).
   */
  hangUp(callId: string): void
  /** Resolves with whether the exchange took it. RFC 3264 8.4: the direction in a re-INVITE. */
  hold(callId: string, held: boolean): Promise<boolean>
  /** Sends tones (0-9 * # A-D) and waits till they are out: in the media (RFC 4733), or one INFO each; false where the call cannot. */
  sendTones(callId: string, tones: string, how: 'rtp' | 'info'): Promise<boolean>
  /** REFER with Replaces (RFC 3515, RFC 3891): the one is put through to the other. */
  complete(callId: string, besideId: string): Promise<Completion>
  peerConnection(callId: string): RTCPeerConnection | null
}

export type LineState = 'off' | 'connecting' | 'registered' | 'failed'

export type SipEvents = LegEvents & {
  line(state: LineState, problem: LineProblem | null): void
}

export type SipPhone = SipLegs & {
  /** `servers` are WebSocket addresses of one exchange, in the order of preference; at least one. */
  connect(
    line: Line,
    servers: readonly string[],
    iceServers: readonly IceServer[],
    codecs?: readonly CodecName[],
  ): Promise<void>
  disconnect(): Promise<void>
  /** The machine woke, or its network changed (N10): the link is checked at once. */
  doubt(): void
  /** Dials a feature code; whether the exchange took it. It is no call of the operator's. */
  feature(code: string): Promise<boolean>
}
