/** SIP.js's user agent as the phone wants it: hardened, with a transport whose server may change. */
import { Core, UserAgent, Web, type UserAgentDelegate } from 'sip.js'
import type { CodecName } from '../../shared/call/codecs.ts'
import type { IceServer } from '../../shared/call/ice-servers.ts'
import type { Line } from '../../shared/sync/protocol.ts'
import { awaitWay } from './await-way.ts'
import { refuseBareMedia } from './check-sdp.ts'
import { endEarly } from './sip-early.ts'
import { hardenAgent, type Hardening } from './harden-agent.ts'
import { keepOffers } from './keep-offer.ts'
import { keepSound } from './keep-sound.ts'
import { preferCodecs } from './prefer-codecs.ts'

export type AgentNeeds = {
  readonly line: Line
  /** A UUID that stays with this desk. */
  readonly instanceId: string
  readonly iceServers: readonly IceServer[]
  /** The codecs of every call, in the order of preference. */
  readonly codecs: readonly CodecName[]
  /** Asked at each attempt. */
  readonly server: () => string
  /** The sound that a session is to send. */
  readonly soundFor: (handler: object) => MediaStream
  readonly delegate: UserAgentDelegate
  /** Told of everything that comes. */
  readonly heard: () => void
  readonly hardening: Hardening
}

function transportTo(server: () => string) {
  return class extends Web.Transport {
    override get server(): string {
      return server()
    }
  }
}

/** Makes a user agent; it connects when it is started. */
export function createAgent({
  line,
  iceServers,
  codecs,
  instanceId,
  server,
  soundFor,
  delegate,
  heard,
  hardening,
}: AgentNeeds): UserAgent {
  const media = Web.defaultSessionDescriptionHandlerFactory((_constraints, handler) =>
    Promise.resolve(soundFor(handler)),
  )
  const agent = new UserAgent({
    uri: UserAgent.makeURI(`sip:${line.extension}@${line.domain}`) ?? undefined,
    authorizationUsername: line.extension,
    authorizationPassword: line.password,
    contactParams: { transport: server().startsWith('wss:') ? 'wss' : 'ws' },
    instanceId,
    instanceIdAlwaysAdded: true,
    logBuiltinEnabled: false,
    noAnswerTimeout: 120,
    // Ours to end (N5): SIP.js would wait for a REGISTER that a cut took with it.
    gracefulShutdown: false,
    sipExtensionExtraSupported: ['timer'],
    transportConstructor: transportTo(server),
    transportOptions: { server: server(), connectionTimeout: 5, traceSip: false },
    sessionDescriptionHandlerFactory: (session, options) =>
      preferCodecs(keepOffers(awaitWay(keepSound(refuseBareMedia(endEarly(media(session, options)))))), codecs),
    sessionDescriptionHandlerFactoryOptions: {
      // `max-bundle` refuses offers without a BUNDLE group.
      peerConnectionConfiguration: { bundlePolicy: 'balanced', iceServers: [...iceServers] },
    },
    delegate,
  })
  const account = { username: line.extension, password: line.password }
  const blank = () => new Core.DigestAuthentication(agent.getLoggerFactory(), undefined, '', '')
  hardenAgent(agent, account, blank, hardening)
  const { transport } = agent
  const take = transport.onMessage
  transport.onMessage = (message) => {
    take?.(message)
    // Afterwards: what it began (a call that rings) is watched from now on.
    heard()
  }
  return agent
}

/** Asks the registrar for a sign of life (OPTIONS, RFC 3261 11): whatever it answers is one. */
export function ping({ userAgentCore: core }: UserAgent): void {
  const { aor } = core.configuration
  const registrar = aor.clone()
  registrar.user = undefined
  core.request(core.makeOutgoingRequestMessage('OPTIONS', registrar, aor, registrar, {}))
}

/** What of SIP.js's transaction ends it as one whose request could not be sent (RFC 3261 17.1.4). */
type Failing = { onTransportError(error: Error): void }

/** Ends a request that went with the link, as one that could not be sent: nobody will answer it. */
export function failRequest(transaction: object): void {
  const failing = transaction as Failing
  failing.onTransportError(new Error('the link is gone'))
}

/** The link is gone, and with it every request but those that opened a call. */
export function failRequests({ userAgentCore: core }: UserAgent): void {
  for (const { transaction } of [...core.userAgentClients.values()]) {
    const waits =
      transaction.state === Core.TransactionState.Trying || transaction.state === Core.TransactionState.Proceeding
    if (waits && !(transaction instanceof Core.InviteClientTransaction)) failRequest(transaction)
  }
}
