/**
 * The only importer of SIP.js in the desktop: SIP over WebSocket (RFC 7118) and one peer connection a call,
 * told in the product's own words. It holds no rules; those stand in shared/call.
 */
import {
  Core,
  Registerer,
  RegistererState,
  SessionState,
  UserAgent,
  UserAgentState,
  Web,
  type Invitation,
} from 'sip.js'
import type { Caller } from '../../shared/call/call-machine.ts'
import type { LineProblem } from '../../shared/call/phone-snapshot.ts'
import { plainLine } from '../../shared/plain-text.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import { createBackOff } from './back-off.ts'
import { checkSdp, refuseBareMedia } from './check-sdp.ts'
import { hardenAgent, type Hardening } from './harden-agent.ts'
import { drawStrongly } from './strong-random.ts'

export type LineState = 'off' | 'connecting' | 'registered' | 'failed'

export type SipEvents = {
  line(state: LineState, problem: LineProblem | null): void
  invited(caller: Caller): void
  established(callId: string): void
  /** The call is over; `failed` when it never stood or broke, rather than being hung up. */
  over(callId: string, failed: boolean): void
}

export type SipPhone = {
  connect(line: Line, server: string): Promise<void>
  disconnect(): Promise<void>
  accept(callId: string, sound: MediaStream): Promise<void>
  refuse(callId: string, status: 480 | 486): void
  hangUp(callId: string): void
  peerConnection(callId: string): RTCPeerConnection | null
}

type Leg = { invitation: Invitation; sound: MediaStream | null; hangUpWhenUp: boolean; failed: boolean }

const REGISTER_SECONDS = 120

function callerOf(invitation: Invitation): Caller {
  const { remoteIdentity, request } = invitation
  const header = (name: string) => request.getHeader(name)
  return {
    callId: (header('X-Call-Id') ?? request.callId).slice(0, 128),
    number: plainLine(remoteIdentity.uri.user ?? '', 64),
    name: plainLine(remoteIdentity.displayName ?? ''),
    queue: plainLine(header('X-Queue') ?? '', 32),
  }
}

/** `instanceId` is a UUID that stays with this desk, so that it never holds two contacts. */
export function createSipPhone(instanceId: string, on: SipEvents, hardening: Hardening = {}): SipPhone {
  drawStrongly(Core.ClientTransaction)
  const legs = new Map<string, Leg>()
  let ua: UserAgent | null = null
  let registerer: Registerer | null = null
  const backOff = createBackOff()

  function invited(invitation: Invitation): void {
    performance.mark('invited')
    const { body } = invitation.request
    if (body !== '' && checkSdp(body) !== null) {
      void invitation.reject({ statusCode: 488 }).catch(() => undefined)
      return
    }
    const caller = callerOf(invitation)
    const leg: Leg = { invitation, sound: null, hangUpWhenUp: false, failed: false }
    const previous = legs.get(caller.callId)
    if (previous !== undefined) {
      void invitation.reject({ statusCode: 486 })
      return
    }
    legs.set(caller.callId, leg)
    // Left alone, SIP.js follows a REFER: it would call whomever the exchange names.
    invitation.delegate = { onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(() => undefined) }
    invitation.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        if (leg.hangUpWhenUp) void invitation.bye()
        on.established(caller.callId)
      }
      if (state === SessionState.Terminated) {
        legs.delete(caller.callId)
        on.over(caller.callId, leg.failed)
      }
    })
    on.invited(caller)
  }

  function register(current: Registerer): void {
    // The promise resolves when the request is sent; only the 200 is the truth.
    const sent = current.register({
      requestDelegate: {
        onAccept: () => {
          if (registerer !== current) return
          backOff.reset()
          on.line('registered', null)
        },
        onReject: ({ message }) => {
          if (registerer !== current) return
          const status = message.statusCode ?? 0
          const wrong = status === 401 || status === 403 || status === 407 || status === 404
          on.line('failed', wrong ? 'wrongCredentials' : 'refused')
          if (!wrong) backOff.schedule(() => register(current))
        },
      },
    })
    // One is under way already: its answer decides.
    sent.catch(() => undefined)
  }

  function reconnect(agent: UserAgent): void {
    backOff.schedule(() => {
      if (ua !== agent || agent.state !== UserAgentState.Started) return
      agent.reconnect().catch(() => reconnect(agent))
    })
  }

  function createAgent(line: Line, server: string): UserAgent {
    const secure = server.startsWith('wss:')
    const media = Web.defaultSessionDescriptionHandlerFactory(async (_constraints, handler) => {
      const leg = [...legs.values()].find(({ invitation }) => invitation.sessionDescriptionHandler === handler)
      return leg?.sound ?? new MediaStream()
    })
    const agent = new UserAgent({
      uri: UserAgent.makeURI(`sip:${line.extension}@${line.domain}`) ?? undefined,
      authorizationUsername: line.extension,
      authorizationPassword: line.password,
      contactParams: { transport: secure ? 'wss' : 'ws' },
      instanceId,
      instanceIdAlwaysAdded: true,
      logBuiltinEnabled: false,
      noAnswerTimeout: 120,
      transportOptions: { server, connectionTimeout: 5, keepAliveInterval: 20, traceSip: false },
      sessionDescriptionHandlerFactory: (session, options) => refuseBareMedia(media(session, options)),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: 500,
        // `max-bundle` refuses offers without a BUNDLE group.
        peerConnectionConfiguration: { bundlePolicy: 'balanced', iceServers: [] },
      },
      delegate: {
        onInvite: invited,
        onConnect: () => {
          if (ua === agent && registerer !== null) register(registerer)
        },
        onDisconnect: (error) => {
          if (ua !== agent || !error) return
          on.line('connecting', 'unreachable')
          reconnect(agent)
        },
      },
    })
    const account = { username: line.extension, password: line.password }
    const blank = () => new Core.DigestAuthentication(agent.getLoggerFactory(), undefined, '', '')
    hardenAgent(agent, account, blank, hardening)
    return agent
  }

  async function disconnect(): Promise<void> {
    const [agent, current] = [ua, registerer]
    ua = null
    registerer = null
    backOff.stop()
    if (current?.state === RegistererState.Registered) await current.unregister().catch(() => undefined)
    await agent?.stop().catch(() => undefined)
    on.line('off', null)
  }

  return {
    connect: async (line, server) => {
      if (ua !== null) await disconnect()
      const agent = createAgent(line, server)
      ua = agent
      const current = new Registerer(agent, { expires: REGISTER_SECONDS })
      registerer = current
      // SIP.js refreshes by itself and tells nobody when the refresh is refused: only its state does.
      let stood = false
      current.stateChange.addListener((state) => {
        const lost = stood && state === RegistererState.Unregistered
        stood = state === RegistererState.Registered
        // One that never stood is answered above, by name: wrong credentials are not tried again and again.
        if (!lost || registerer !== current || !agent.isConnected()) return
        on.line('failed', 'refused')
        backOff.schedule(() => register(current))
      })
      on.line('connecting', null)
      await agent.start().catch(() => {
        on.line('connecting', 'unreachable')
        reconnect(agent)
      })
    },
    disconnect,
    accept: async (callId, sound) => {
      const leg = legs.get(callId)
      if (leg === undefined) return
      leg.sound = sound
      try {
        await leg.invitation.accept()
      } catch {
        leg.failed = true
        if (leg.invitation.state !== SessionState.Terminated) {
          await leg.invitation.reject({ statusCode: 480 }).catch(() => undefined)
        }
        if (legs.delete(callId)) on.over(callId, true)
      }
    },
    refuse: (callId, status) => {
      void legs
        .get(callId)
        ?.invitation.reject({ statusCode: status })
        .catch(() => undefined)
    },
    hangUp: (callId) => {
      const leg = legs.get(callId)
      if (leg === undefined) return
      if (leg.invitation.state === SessionState.Established) void leg.invitation.bye().catch(() => undefined)
      else leg.hangUpWhenUp = true
    },
    peerConnection: (callId) => {
      const handler = legs.get(callId)?.invitation.sessionDescriptionHandler
      return handler instanceof Web.SessionDescriptionHandler ? (handler.peerConnection ?? null) : null
    },
  }
}
