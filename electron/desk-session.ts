import { isAnyUp, noLines } from '../shared/call/lines.ts'
import { signedOff } from '../shared/call/operator-status.ts'
import { readIceServer } from '../shared/call/ice-servers.ts'
import type { PhoneSnapshot } from '../shared/call/phone-snapshot.ts'
import { fail, ok, type Result } from '../shared/errors.ts'
import type { CommandInput, EventData, Session, SignedInDesk } from '../shared/ipc.ts'
import type { Settings } from '../shared/settings.ts'
import type { Line } from '../shared/sync/protocol.ts'
import { askIssuer } from './ask-issuer.ts'
import type { Router } from './ipc/router.ts'

/** Who is signed in at this desk, their line, and how their phone stood; kept in main, so that both windows may die. */
export type DeskSession = {
  signIn(router: Router, input: CommandInput<'session.signIn'>): Promise<Result<Session>>
  /** Signs in whoever the organisation's issuer says is here. */
  signInByIssuer(router: Router): Promise<Result<Session>>
  /** Ends the asking; whoever asked is told that nobody signed in. */
  cancelIssuer(): void
  /** Signs the same person in once more, for central; her phone and her work are not touched. */
  renew(router: Router, input: CommandInput<'session.renew'>): Promise<Result<null>>
  /** Central let her in who had been signed in without it. */
  proved(who: EventData<'session.proved'>): void
  signOut(router: Router): Promise<Result<null>>
  current(): Session | null
  /** What a store that was started again must know. */
  forStore(): CommandInput<'store.resume'> | null
  /** Connects the phone to the line; also after the phone had to be started again. */
  connectPhone(router: Router): Promise<void>
  /** A phone that hung turns again: what it did not hear of the line it is told now; one that heard it goes on as it is. */
  phoneBack(router: Router): Promise<void>
  /** Takes note of what the phone says of itself. */
  phoneSaid(snapshot: PhoneSnapshot): void
  /** What the phone said last; null while there is none. */
  lastSaid(): PhoneSnapshot | null
  phoneDied(): void
  /** Gives a phone that was started again what the one before it left: its call, lost, and the operator's status. */
  restorePhone(router: Router): Promise<void>
}

/** How long an operator may take in the browser, in milliseconds. */
const ASK_MS = 5 * 60_000

/** `servers` are the SIP WebSockets that the settings name; `openBrowser` opens the system's own. */
export function createDeskSession(
  { sip: servers, ringSound, tones, wrapUpSeconds, ...settings }: Settings,
  openBrowser: (url: string) => Promise<void>,
): DeskSession {
  let asking = new AbortController()
  let session: Session | null = null
  let line: Line | null = null
  let resume: CommandInput<'store.resume'> | null = null
  let lastSaid: PhoneSnapshot | null = null
  /** Kept until a successor has taken it up: that one may die as well. */
  let left: PhoneSnapshot | null = null

  /** Whether the phone that there is was told of the line. */
  let isTold = true

  async function connectPhone(router: Router): Promise<void> {
    if (session === null || line === null || servers === null) return
    const author = session.operator.staffNo
    const { queueLogin: login, queuePause: pause, queueUnpause: unpause, queueLogout: logout } = settings
    const queue = { login, pause, unpause, logout }
    const { recordingHeaders: headers, recordPause, recordResume, echoTest } = settings
    const iceServers = settings.iceServers.map(readIceServer)
    const recording = { headers, pause: recordPause, resume: recordResume }
    const { dialOutside: outside, dialMobilePrefix: mobilePrefix, dialHomeMobiles: homeMobiles } = settings
    const answer = await router.invoke('phone.connect', {
      line,
      servers,
      iceServers,
      codecs: settings.codecs,
      numberPlan: session.numberPlan,
      dialRules: { outside, mobilePrefix, homeMobiles },
      ringSound,
      tones,
      wrapUpSeconds,
      queue,
      recording,
      echoTest,
      author,
    })
    isTold = answer.ok
  }

  function welcome(router: Router, answer: Result<SignedInDesk>): Result<Session> {
    if (!answer.ok) return answer
    const { operator, deskCode, numberPlan } = answer.value
    session = { operator, deskCode, numberPlan }
    line = answer.value.line
    resume = answer.value.resume
    // The desk opens at once; whether the line is ready the phone says by itself.
    void connectPhone(router)
    return ok(session)
  }

  return {
    signIn: async (router, input) => {
      return welcome(router, await router.invoke('store.signIn', input))
    },
    signInByIssuer: async (router) => {
      const offer = await router.invoke('store.issuer', null)
      if (!offer.ok) return offer
      asking.abort()
      asking = new AbortController()
      const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(ASK_MS)])
      const answer = await askIssuer(offer.value, { open: openBrowser, signal })
      return answer.ok ? welcome(router, await router.invoke('store.signInByIssuer', answer.value)) : answer
    },
    cancelIssuer: () => asking.abort(),
    renew: async (router, input) => {
      const renewing = session
      if (renewing === null) return fail('notSignedIn')
      const answer = await router.invoke('store.signIn', { staffNo: renewing.operator.staffNo, ...input })
      if (!answer.ok) return answer
      if (session !== renewing) {
        // She has signed out meanwhile: the store must not go on in her name.
        if (session === null) await router.invoke('store.signOut', null)
        return fail('notSignedIn')
      }
      line = answer.value.line
      resume = answer.value.resume
      return ok(null)
    },
    proved: (who) => {
      if (resume?.staffNo === who.staffNo) resume = { ...resume, ...who }
    },
    signOut: async (router) => {
      const phone = await router.invoke('phone.snapshot', null)
      if (phone.ok && isAnyUp(phone.value)) return fail('illegalTransition', 'call')
      session = null
      line = null
      resume = null
      lastSaid = null
      isTold = true
      // What the store has not taken is told on by the phone's successor, also when she is gone.
      left = left !== null && left.untold.length > 0 ? { ...left, ...noLines, operator: signedOff, author: '' } : null
      await router.invoke('phone.disconnect', null)
      // A store that cannot answer now forgets her all the same: started again, it is told of nobody.
      await router.invoke('store.signOut', null)
      return ok(null)
    },
    current: () => session,
    forStore: () => resume,
    connectPhone,
    phoneBack: (router) => (isTold ? Promise.resolve() : connectPhone(router)),
    phoneSaid: (snapshot) => {
      lastSaid = snapshot
    },
    lastSaid: () => lastSaid,
    phoneDied: () => {
      left ??= lastSaid
      lastSaid = null
    },
    restorePhone: async (router) => {
      if (left === null) return
      const taken = await router.invoke('phone.restore', left)
      if (taken.ok) left = null
    },
  }
}
