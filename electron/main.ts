import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { app, dialog, globalShortcut, powerMonitor, session, shell, type BrowserWindow, type Rectangle } from 'electron'
import { callsUp, isAnyUp } from '../shared/call/lines.ts'
import { readPortRange } from '../shared/call/media-ports.ts'
import type { PhoneSnapshot } from '../shared/call/phone-snapshot.ts'
import { statusWord } from '../shared/call/operator-status.ts'
import { ok } from '../shared/errors.ts'
import { answerBy, type Handlers, type Party } from '../shared/ipc.ts'
import { afterDeath } from './after-death.ts'
import { watchCertificates } from './certificate-watch.ts'
import { createAnswerKey } from './answer-key.ts'
import { createAutoAnswerGate } from './auto-answer-gate.ts'
import { createDeskSession } from './desk-session.ts'
import { createDeskWatch } from './desk-watch.ts'
import { readEnvironment } from './environment.ts'
import { holdChoices } from './hold-choices.ts'
import { createLeaving, type ReasonToStay } from './leaving.ts'
import { createPhoneLink } from './ipc/phone-link.ts'
import { createRouter } from './ipc/router.ts'
import { takeAway } from './take-away.ts'
import { watchPower } from './power-watch.ts'
import { watchPulse } from './pulse.ts'
import { createRingAttention } from './ring-attention.ts'
import { registerAppScheme, serveAppScheme } from './scheme.ts'
import { denyByDefault, holdNavigation } from './security.ts'
import { createServices } from './services.ts'
import { createStoreClient } from './store/client.ts'
import { after, every } from './timers.ts'
import { bringForward, openDesk, openPhone } from './window.ts'

registerAppScheme()
holdNavigation()

const environment = (() => {
  try {
    return readEnvironment(process.env, app.getPath('userData'))
  } catch (error) {
    dialog.showErrorBox('三心：设置有误 · wrong settings', String(error instanceof Error ? error.message : error))
    process.exit(2)
  }
})()
// Before the lock, so that two desks with different data folders run side by side.
app.setPath('userData', join(environment.dataDir, 'electron'))

/** What main answers itself. */
const handlers: Handlers<'main'> = {
  'app.info': () => {
    const { staffNo, password, language, enrolment, operatorMay } = environment.settings
    const demo = staffNo !== null && password !== null ? { staffNo, password } : null
    return ok({ version: app.getVersion(), runtime: environment.runtime, demo, enrolment, language, operatorMay })
  },
  'session.signIn': (input) => deskSession.signIn(router, input),
  'session.ways': async () => ok({ issuer: (await router.invoke('store.issuer', null)).ok }),
  'session.signInByIssuer': () => deskSession.signInByIssuer(router),
  'session.cancelIssuer': () => {
    deskSession.cancelIssuer()
    return ok(null)
  },
  'session.renew': (input) => deskSession.renew(router, input),
  'session.signOut': async () => {
    const answer = await deskSession.signOut(router)
    // Who signs in next is answered for when she sees her desk.
    if (answer.ok) autoAnswer.painted(false)
    return answer
  },
  'session.current': () => ok(deskSession.current()),
  ...takeAway(
    () => desk,
    () => callUp,
    (it) => router.invoke('case.saveTable', it),
  ),
}

let desk: BrowserWindow | null = null

let callUp = false
/** How long a phone that does not answer may hold up the end of the app, in ms. */
const LEAVE_MS = 5_000
/** Whether the store refuses what was typed, and whether the operator was told so when she closed the window. */
let wordsStalled = false
let warned = false

/**
 * A desk that died is opened again in its place: the call goes on in the phone, the draft lies in the store.
 * One that is closed ends the app, for a phone without a desk must not be rung; but never in a call.
 */
function startDesk(bounds?: Rectangle): void {
  const opened = openDesk()
  autoAnswer.hangs(false)
  const reopen = afterDeath()
  if (bounds) opened.setBounds(bounds)
  desk = opened
  opened.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || opened.isDestroyed()) return
    deskWatch.died()
    autoAnswer.painted(false)
    const place = opened.getBounds()
    desk = null
    reopen(() => desk ?? startDesk(place))
    opened.destroy()
  })
  opened.webContents.on('did-start-loading', () => autoAnswer.painted(false))
  watchPulse(opened.webContents, every, {
    hangs: () => {
      deskWatch.died()
      autoAnswer.hangs(true)
    },
    back: () => {
      deskWatch.back()
      autoAnswer.hangs(false)
    },
  })
  opened.on('close', leaving.closing)
  opened.on('session-end', leaving.sessionEnds)
  opened.on('closed', () => {
    if (desk === opened) leaving.closed()
  })
}

/** Why the desk must not close now: a call is never cut, and what would be lost is said once. */
function reasonToStay(): ReasonToStay | null {
  if (callUp) return 'call'
  const unsaved = wordsStalled || deskSession.lastSaid()?.stalled === true
  if (!unsaved || warned) return null
  warned = true
  return 'unsaved'
}

const leaving = createLeaving({
  why: reasonToStay,
  tell: (why) => router.publish('window.closeHeld', { why }),
  // Whoever hears this desk must learn that it goes: a test of the sound, too, is a call to the exchange.
  handOver: () => Promise.race([router.invoke('phone.disconnect', null), wait(LEAVE_MS)]),
  quit: () => app.quit(),
})

const services = createServices((service) => router.publish('service.changed', service))

const deskSession = createDeskSession(environment.settings, (url) => shell.openExternal(url))

const store = createStoreClient(
  {
    ...process.env,
    SANXIN_STORE_DIR: environment.dataDir,
    SANXIN_STORE_VERSION: app.getVersion(),
    SANXIN_STORE_CENTRAL: environment.settings.central ?? '',
    SANXIN_SQLITE_BINDING: environment.sqliteBinding ?? '',
  },
  {
    resume: () => deskSession.forStore(),
    up: (code) => {
      services.tell('store', 'up', code)
      tellStatus()
      void endUnfinishedCalls()
    },
    down: () => services.tell('store', 'down', 'storeDown'),
    event: (name, data) => router.publish(name, data),
  },
)

const mediaPorts = readPortRange(environment.settings.mediaPorts ?? '')

const phone = createPhoneLink(() => openPhone(mediaPorts), every, {
  up: () => void takeUpPhone(),
  down: () => {
    callUp = false
    tellRing(null)
    deskSession.phoneDied()
    services.tell('phone', 'down', 'phoneDown')
    void router.invoke('store.status', { status: 'offline', since: Date.now() })
  },
  hangs: () => services.tell('phone', 'down', 'phoneHangs'),
  back: () => {
    autoAnswer.say()
    services.tell('phone', 'up', null)
    void deskSession.phoneBack(router)
  },
})

const router = createRouter(
  {
    main: (name, input) => answerBy(handlers, name, input),
    store: store.ask,
    phone: holdChoices(phone.ask, environment.settings.operatorMay),
  },
  (party: Party) => {
    const window = party === 'desk' ? desk : party === 'phone' ? phone.window() : null
    return window === null || window.isDestroyed() ? null : window.webContents
  },
)

// Only the ready are made away by it (shared/call/operator-status.ts, O7).
const deskWatch = createDeskWatch(after, () => void router.invoke('phone.away', { reason: 'deskGone' }))

const answerKey = createAnswerKey({
  accelerator: environment.settings.globalAnswerKey,
  shortcut: globalShortcut,
  answer: (callId) => {
    void router.invoke('phone.answer', { callId })
    if (desk !== null) bringForward(desk)
  },
  taken: (taken) => router.publish('answerKey.changed', { taken }),
})
const attention = createRingAttention(() => (desk === null || desk.isDestroyed() ? null : desk), app.dock)

/** What is done outside of the windows while a call rings. */
function tellRing(snapshot: PhoneSnapshot | null): void {
  answerKey.look(snapshot)
  attention.look(snapshot)
}

const autoAnswer = createAutoAnswerGate(environment.settings.autoAnswer, (seconds) => {
  void router.invoke('phone.autoAnswer', { seconds })
})

/** The desk hears of a phone only when it has taken up what the one before it left: no moment shows an empty one. */
async function takeUpPhone(): Promise<void> {
  autoAnswer.say()
  await deskSession.restorePhone(router)
  services.tell('phone', 'up', null)
  void endUnfinishedCalls()
  void deskSession.connectPhone(router)
}

/** A call whose phone is gone has ended, whoever did not live to say so: the fact is added (rule 7). */
async function endUnfinishedCalls(): Promise<void> {
  const answer = await router.invoke('phone.snapshot', null)
  if (!answer.ok) return
  await router.invoke('call.endUnfinished', { up: callsUp(answer.value).map(({ caller }) => caller.callId) })
}

/** The store passes the operator's status on to central; one that was started again has forgotten it. */
function tellStatus(): void {
  const operator = deskSession.lastSaid()?.operator
  if (operator !== undefined)
    void router.invoke('store.status', { status: statusWord(operator), since: operator.since })
}

// The phone comes up while a person types, else when the desk is painted: processes that start at once only hold each
// other up.
router.on('desk.waits', () => phone.start())
router.on('desk.opened', () => {
  deskWatch.back()
  autoAnswer.painted(true)
  phone.start()
  // A desk that opens late is told what it did not hear.
  services.tellAgain()
})
router.on('phone.changed', (snapshot) => {
  callUp = isAnyUp(snapshot)
  tellRing(snapshot)
  if (snapshot.line === 'registered' && services.of('phone').code === 'certificateRefused')
    services.tell('phone', 'up', null)
  deskSession.phoneSaid(snapshot)
  tellStatus()
})
router.on('session.proved', (who) => deskSession.proved(who))
router.on('words.stalled', ({ stalled }) => {
  wordsStalled = stalled
  if (!stalled) warned = false
})

if (!app.requestSingleInstanceLock()) {
  app.exit(0)
} else {
  app.on('second-instance', () => {
    if (desk === null) startDesk()
    if (desk !== null) bringForward(desk)
  })
  // The desk's closing ends the app (see startDesk); a moment without any window does not.
  app.on('window-all-closed', () => undefined)
  // Not awaited at the top level: Electron is not ready before its entry module has been evaluated.
  void app.whenReady().then(() => {
    // First: it opens longer than the window does.
    store.start()
    denyByDefault(session.defaultSession)
    watchCertificates(session.defaultSession, () => {
      // A phone that died meanwhile is down, whatever its server showed.
      if (services.of('phone').state === 'up') services.tell('phone', 'up', 'certificateRefused')
    })
    serveAppScheme(session.defaultSession, join(import.meta.dirname, '../renderer'))
    startDesk()
    watchPower(powerMonitor, {
      check: () => void router.invoke('phone.checkLink', null),
      ends: leaving.sessionEnds,
    })
  })
  app.on('before-quit', leaving.quitting)
  // The windows are closed, their last words are on the way: the store takes them before the app is gone.
  app.once('will-quit', (event) => {
    event.preventDefault()
    void store.stop().then(() => app.exit())
  })
}
