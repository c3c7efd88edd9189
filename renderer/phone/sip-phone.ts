/**
 * With its neighbours sip-*.ts the only importer of SIP.js in the desktop: SIP over WebSocket (RFC 7118) and one peer
 * connection a call, told in the product's own words. What the calls mean stands in shared/call; here is what becomes
 * of the line and of them when the network or the exchange fails.
 *
 * N1  The line is `registered` from the 200 to REGISTER until the connection is lost or a refresh is refused.
 * N2  A lost link ends no call that stands. What was on its way with it was heard by nobody: an offer of then is given
 *     up at once, and its silence says nothing of the other side.
 * N3  Back and registered, what was hung up and not answered is said again, and each call that stands offers anew. One
 *     that is hung up while the link is away is over here after ten seconds at the most; its BYE stays owed.
 * N4  A call that only rings, or is dialled, outlives a cut by ten seconds at the most. Registered again, one that was
 *     answered meanwhile is answered, any other ring is let go with 480, so that the exchange offers it anew, and rings
 *     on when it does. What came to nothing in six seconds is missed, or has failed, visibly; nothing rings for ever.
 * N5  Credentials that were never taken, and are refused, end the attempts. Those that were taken since they signed in
 *     are tried again (N7), at the next server where there is one (N8): an exchange that has just started refuses
 *     everybody until it has read who may register. A hang-up that is owed is said all the same, and is over here.
 * N6  An offer, whatever for, that is answered 481 or 408 ends its call as lost (RFC 3261 12.2.1.2).
 * N7  Attempts are spread by full jitter (back-off.ts), over eight seconds at the most while a call is up.
 * N8  Of several servers the next one is tried at once where one cannot be reached or answers REGISTER 503 or 408; after
 *     all of them, N7. The one that took the line last is tried first, and for fifteen seconds alone while a call is up:
 *     its dialog lies there. There is never more than one connection.
 * N9  A socket that swallows everything is dead within 20 s, in a call within 10 (link-watch.ts).
 * N10 Whoever wakes, or comes into another network, asks the exchange at once and waits two seconds, or tries at once
 *     where there is no connection; the calls that stand find their way for the sound anew.
 * N11 The line has one contact of ours: one that the registrar keeps from a connection before, and would ring, is taken
 *     away; another device of the same line keeps its own (sip-contacts.ts).
 * N12 A call whose sound has no way any more while the line stands offers another one in its dialog (media-watch.ts).
 * N13 A call that is not refreshed in time is lost, visibly; to refresh it changes nothing in it (session-timer.ts).
 * N14 Where two offers meet, both wait as RFC 3261 14.1 says, and then are for what is wanted by then (sip-offers.ts);
 *     where two calls meet, the first one is shown and the other one hears busy (L2).
 * N15 An offer that came to nothing costs the call nothing: the next one takes its place (keep-offer.ts).
 * N16 A line that stands at another server than the first of the list goes back to that one, by a contact that it takes
 *     away there first, once it answers again: out of calls and rings alone (home-server.ts).
 * N17 A call that could not be heard is refused with 488 and told: none of our codecs, or no encryption (sip-answers.ts).
 * N18 No offer or answer goes out before it names a way for our sound (await-way.ts).
 */
import { Core, Registerer, RegistererState, UserAgentState, type UserAgent } from 'sip.js'
import { codecNames, type CodecName } from '../../shared/call/codecs.ts'
import { createBackOff } from './back-off.ts'
import type { Hardening } from './harden-agent.ts'
import { createHomeWatch, isServerThere } from './home-server.ts'
import { createLinkWatch } from './link-watch.ts'
import { createLostLink } from './lost-link.ts'
import { createOwnContacts, leave, takeAway } from './sip-contacts.ts'
import type { SipEvents, SipPhone } from './sip-ports.ts'
import { createServerRound, type ServerRound } from './server-round.ts'
import { createAgent, failRequests, ping } from './sip-agent.ts'
import { createFeatureCall } from './sip-feature.ts'
import { createSipLegs } from './sip-legs.ts'
import { drawStrongly, strongRandom } from './strong-random.ts'

const REGISTER_SECONDS = 120
/** The share of that after which SIP.js registers anew: one that is lost leaves time for another. */
const REFRESH_PERCENT = 60

export type PhoneOptions = Hardening & {
  /** Draws from [0, 1). */
  readonly random?: () => number
  /** Through what the line is registered now; null while it is not. */
  readonly linked?: (through: { readonly agent: UserAgent; readonly domain: string } | null) => void
}

/** `instanceId` is a UUID that stays with this desk, so that it never holds two contacts. */
export function createSipPhone(
  instanceId: string,
  on: SipEvents,
  { random = strongRandom, linked = () => undefined, ...hardening }: PhoneOptions = {},
): SipPhone {
  drawStrongly(Core.ClientTransaction)
  let ua: UserAgent | null = null
  let domain = ''
  let codecs: readonly CodecName[] = codecNames
  let registerer: Registerer | null = null
  let round: ServerRound = createServerRound([], () => false)
  let several = false
  /** Whether the exchange took the line by the connection that stands. */
  let taken = false
  /** Whether it took the line by these credentials at any time since they were given (N5). */
  let known = false
  /** Whether contacts of ours from before were taken away since then. */
  let cleared = false
  let own = createOwnContacts()
  const lost = createLostLink()
  /** The contact is being taken away, for the line goes to another server. */
  let leaving = false
  const agentNow = () => (ua === null ? null : { agent: ua, domain, codecs })
  const legs = createSipLegs(agentNow, on, random)
  const backOff = createBackOff(random, legs.areUp)
  const watch = createLinkWatch({
    ping: () => ua !== null && ping(ua),
    dead: () => ua !== null && drop(ua),
    inCall: legs.areUp,
  })
  const home = createHomeWatch({
    random,
    ask: () => isServerThere(round.first(), domain),
    isFree: () => taken && !legs.areUp(),
    goBack: () => void goHome(),
  })

  function register(agent: UserAgent, current: Registerer): void {
    // The promise resolves when the request is sent; only the 200 is the truth.
    const sent = current.register({
      requestDelegate: {
        onAccept: ({ message }) => {
          if (registerer !== current) return
          // N11: the line is ready when they are gone, or cannot be taken away.
          const stale = own.stale(agent, message)
          if (cleared || stale.length === 0) return stood()
          cleared = true
          takeAway(agent, stale, REGISTER_SECONDS, () => registerer === current && agent.isConnected() && stood())
        },
        onReject: ({ message }) => {
          // Whatever went with the link is asked for again by the next one.
          if (registerer === current && agent.isConnected()) refused(agent, current, message.statusCode ?? 0)
        },
      },
    })
    // One is under way already: asked again once it is over.
    sent.catch(() => {
      if (registerer === current) backOff.schedule(() => register(agent, current))
    })
  }

  /** The exchange has taken the line, and rings nothing else of ours. */
  function stood(): void {
    backOff.stop()
    round.stood()
    taken = true
    known = true
    on.line('registered', null)
    linked(agentNow())
    if (lost.found()) void legs.relink()
    home[round.isAway() ? 'start' : 'stop']()
  }

  /** N16: leaves the server at which the line stands. A call that comes meanwhile keeps it there. */
  async function goHome(): Promise<void> {
    const [agent, current] = [ua, registerer]
    if (agent === null || current === null) return
    leaving = true
    await leave(current)
    leaving = false
    if (ua !== agent || !agent.isConnected()) return
    taken = false
    if (legs.areUp()) return register(agent, current)
    round.goHome()
    linked(null)
    on.line('connecting', null)
    release(agent)
    attempt(agent)
  }

  function refused(agent: UserAgent, current: Registerer, status: number): void {
    // What the lost state has made of it (below) is decided here, by name.
    backOff.forget()
    const wrong = status === 401 || status === 403 || status === 407 || status === 404
    on.line('failed', wrong && !known ? 'wrongCredentials' : 'refused')
    if (wrong) legs.shutOut()
    if (wrong && !known) return
    if (several && (wrong || status === 503 || status === 408) && !legs.areUp()) {
      release(agent)
      return next(agent)
    }
    backOff.schedule(() => register(agent, current))
  }

  /** Lets go of the connection, whether or not the other end hears of it. */
  function release(agent: UserAgent): void {
    void agent.transport.disconnect().catch(() => undefined)
    watch.stop()
    failRequests(agent)
  }

  function attempt(agent: UserAgent): void {
    if (ua !== agent || agent.state !== UserAgentState.Started) return
    agent.reconnect().catch(() => next(agent))
  }

  /** This server cannot be reached, or does not take the line now. */
  function next(agent: UserAgent): void {
    if (ua !== agent) return
    if (round.failed()) attempt(agent)
    else backOff.schedule(() => attempt(agent))
  }

  /** The connection that stood is gone. */
  function linkLost(agent: UserAgent): void {
    watch.stop()
    home.stop()
    failRequests(agent)
    lost.lose()
    legs.linkLost()
    linked(null)
    on.line('connecting', 'unreachable')
    if (!taken) return next(agent)
    taken = false
    round.begin()
    backOff.schedule(() => attempt(agent))
  }

  /** The connection that stands is dead, and does not know it. */
  function drop(agent: UserAgent): void {
    release(agent)
    linkLost(agent)
  }

  async function doubt(): Promise<void> {
    const agent = ua
    if (agent === null) return
    if (!agent.isConnected()) return void backOff.hurry()
    if (await watch.doubt()) void legs.relink()
    else if (ua === agent) backOff.hurry()
  }

  async function disconnect(): Promise<void> {
    const [agent, current] = [ua, registerer]
    legs.endAll()
    linked(null)
    ua = null
    registerer = null
    backOff.stop()
    home.stop()
    lost.found()
    if (agent?.isConnected() && current?.state === RegistererState.Registered) await leave(current)
    watch.stop()
    await agent?.stop().catch(() => undefined)
    on.line('off', null)
  }

  return {
    connect: async (line, servers, iceServers, named = codecNames) => {
      if (ua !== null) await disconnect()
      round = createServerRound(servers, () => legs.areUp() && lost.keeps())
      several = servers.length > 1
      known = false
      own = createOwnContacts()
      domain = line.domain
      codecs = named
      const agent = createAgent({
        ...{ line, instanceId, hardening, iceServers, codecs },
        server: () => round.current(),
        soundFor: legs.soundFor,
        heard: () => ua === agent && watch.heard(),
        delegate: {
          onInvite: legs.invited,
          onConnect: () => {
            if (ua !== agent || registerer === null) return
            watch.start()
            taken = false
            cleared = false
            register(agent, registerer)
          },
          onDisconnect: (error) => {
            if (ua === agent && error) linkLost(agent)
          },
        },
      })
      ua = agent
      const current = new Registerer(agent, { expires: REGISTER_SECONDS, refreshFrequency: REFRESH_PERCENT })
      registerer = current
      // SIP.js refreshes by itself and tells nobody when the refresh is refused: only its state does.
      let held = false
      current.stateChange.addListener((state) => {
        const gone = held && state === RegistererState.Unregistered
        held = state === RegistererState.Registered
        // One that never stood is answered above, by name: wrong credentials are not tried again and again.
        if (!gone || leaving || registerer !== current || !agent.isConnected()) return
        on.line('failed', 'refused')
        backOff.schedule(() => register(agent, current))
      })
      on.line('connecting', null)
      await agent.start().catch(() => {
        on.line('connecting', 'unreachable')
        next(agent)
      })
    },
    disconnect,
    doubt: () => void doubt(),
    feature: createFeatureCall(agentNow),
    ...legs.ops,
  }
}
