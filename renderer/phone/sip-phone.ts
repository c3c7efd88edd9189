/**
 * With its neighbours sip-*.ts the only importer of SIP.js in the desktop: SIP over WebSocket (RFC 7118) and one peer
 * connection a call, told in the product's own words. What the calls mean stands in shared/call; here is what becomes
 * of the line and of them when the network or the exchange fails.
 *
 * N1  The line is `registered` from the 200 to REGISTER until the connection is lost or a refresh is refused.
 * N2  A lost link ends no call that stands. What was on its way with it was heard by nobody: an offer of then is given
 *     up at once, and its silence says nothing of the other side.
 * N3  Back and registered, what was hung up and not answered is said again, and each call that stands offers anew.
 * N4  A call that only rings, or is dialled, goes on over a cut only if the exchange offers it anew: within ten seconds
 *     of the cut, and three of being registered again. Then it is missed, or has failed, visibly; nothing rings for ever.
 * N5  Wrong credentials end the attempts. A hang-up that is owed is said all the same, and its call is over here.
 * N6  An offer, whatever for, that is answered 481 or 408 ends its call as lost (RFC 3261 12.2.1.2).
 * N7  Attempts are spread by full jitter (back-off.ts).
 */
import {
  Core,
  Registerer,
  RegistererState,
  UserAgent,
  UserAgentState,
  Web,
  type SessionDescriptionHandler,
} from 'sip.js'
import type { LineProblem } from '../../shared/call/phone-snapshot.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import { createBackOff } from './back-off.ts'
import { refuseBareMedia } from './check-sdp.ts'
import { hardenAgent, type Hardening } from './harden-agent.ts'
import { createFeatureCall } from './sip-feature.ts'
import { createSipLegs, type LegEvents, type SipLegs } from './sip-legs.ts'
import { drawStrongly, strongRandom } from './strong-random.ts'

export type LineState = 'off' | 'connecting' | 'registered' | 'failed'

export type SipEvents = LegEvents & {
  line(state: LineState, problem: LineProblem | null): void
}

export type SipPhone = SipLegs & {
  connect(line: Line, server: string): Promise<void>
  disconnect(): Promise<void>
  /** Dials a feature code; whether the exchange took it. It is no call of the operator's. */
  feature(code: string): Promise<boolean>
}

const REGISTER_SECONDS = 120
/** The share of that after which SIP.js registers anew: one that is lost leaves time for another. */
const REFRESH_PERCENT = 60
/** How long the exchange may take to let go of the line, in ms. */
const LEAVE_MS = 2_000

/**
 * SIP.js takes an offer back that was refused, but only where its handler can, and the one that it brings cannot: the
 * peer connection would wait for an answer for ever, and the call could offer nothing more.
 */
function withRollback<H extends SessionDescriptionHandler>(handler: H): H {
  handler.rollbackDescription = async () => {
    const peer = handler instanceof Web.SessionDescriptionHandler ? handler.peerConnection : undefined
    if (peer?.signalingState === 'have-local-offer') await peer.setLocalDescription({ type: 'rollback' })
  }
  return handler
}

export type PhoneOptions = Hardening & {
  /** Draws from [0, 1). */
  readonly random?: () => number
}

/** `instanceId` is a UUID that stays with this desk, so that it never holds two contacts. */
export function createSipPhone(
  instanceId: string,
  on: SipEvents,
  { random = strongRandom, ...hardening }: PhoneOptions = {},
): SipPhone {
  drawStrongly(Core.ClientTransaction)
  let ua: UserAgent | null = null
  let domain = ''
  let registerer: Registerer | null = null
  const backOff = createBackOff(random)
  /** Whether the link was lost since the line was registered last. */
  let wasLost = false
  const agentNow = () => (ua === null ? null : { agent: ua, domain })
  const legs = createSipLegs(agentNow, on)

  function register(current: Registerer): void {
    // The promise resolves when the request is sent; only the 200 is the truth.
    const sent = current.register({
      requestDelegate: {
        onAccept: () => {
          if (registerer !== current) return
          backOff.stop()
          on.line('registered', null)
          if (wasLost) void legs.relink()
          wasLost = false
        },
        onReject: ({ message }) => {
          if (registerer !== current) return
          const status = message.statusCode ?? 0
          const wrong = status === 401 || status === 403 || status === 407 || status === 404
          on.line('failed', wrong ? 'wrongCredentials' : 'refused')
          if (wrong) legs.shutOut()
          else backOff.schedule(() => register(current))
        },
      },
    })
    // One is under way already, perhaps into a socket that is gone: asked again once it is over.
    sent.catch(() => {
      if (registerer === current) backOff.schedule(() => register(current))
    })
  }

  function reconnect(agent: UserAgent): void {
    backOff.schedule(() => {
      if (ua !== agent || agent.state !== UserAgentState.Started) return
      agent.reconnect().catch(() => reconnect(agent))
    })
  }

  function createAgent(line: Line, server: string): UserAgent {
    const secure = server.startsWith('wss:')
    const media = Web.defaultSessionDescriptionHandlerFactory((_constraints, handler) =>
      Promise.resolve(legs.soundFor(handler)),
    )
    const agent = new UserAgent({
      uri: UserAgent.makeURI(`sip:${line.extension}@${line.domain}`) ?? undefined,
      authorizationUsername: line.extension,
      authorizationPassword: line.password,
      contactParams: { transport: secure ? 'wss' : 'ws' },
      instanceId,
      instanceIdAlwaysAdded: true,
      logBuiltinEnabled: false,
      noAnswerTimeout: 120,
      // Ours to end (N5): SIP.js would wait for a REGISTER that a cut took with it.
      gracefulShutdown: false,
      transportOptions: { server, connectionTimeout: 5, keepAliveInterval: 20, traceSip: false },
      sessionDescriptionHandlerFactory: (session, options) => withRollback(refuseBareMedia(media(session, options))),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: 500,
        // `max-bundle` refuses offers without a BUNDLE group.
        peerConnectionConfiguration: { bundlePolicy: 'balanced', iceServers: [] },
      },
      delegate: {
        onInvite: legs.invited,
        onConnect: () => {
          if (ua === agent && registerer !== null) register(registerer)
        },
        onDisconnect: (error) => {
          if (ua !== agent || !error) return
          wasLost = true
          legs.linkLost()
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

  /** Takes the contact away, and waits a moment for the word that it is gone. */
  async function leave(current: Registerer): Promise<void> {
    const gone = Promise.withResolvers<void>()
    const patience = setTimeout(gone.resolve, LEAVE_MS)
    const requestDelegate = { onAccept: () => gone.resolve(), onReject: () => gone.resolve() }
    current.unregister({ requestDelegate }).catch(() => gone.resolve())
    await gone.promise
    clearTimeout(patience)
  }

  async function disconnect(): Promise<void> {
    const [agent, current] = [ua, registerer]
    legs.endAll()
    ua = null
    registerer = null
    backOff.stop()
    if (agent?.isConnected() && current?.state === RegistererState.Registered) await leave(current)
    await agent?.stop().catch(() => undefined)
    on.line('off', null)
  }

  return {
    connect: async (line, server) => {
      if (ua !== null) await disconnect()
      const agent = createAgent(line, server)
      ua = agent
      domain = line.domain
      const current = new Registerer(agent, { expires: REGISTER_SECONDS, refreshFrequency: REFRESH_PERCENT })
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
    feature: createFeatureCall(agentNow),
    ...legs.ops,
  }
}
