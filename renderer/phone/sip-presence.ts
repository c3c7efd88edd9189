/**
 * How the lines of colleagues stand: SUBSCRIBE with Event dialog (RFC 6665, RFC 4235), for those that are looked at or
 * starred and no others.
 *
 * P1 A line is `unknown` until the exchange has told of it, and again from a lost link, a refusal (404, 489) or the end
 *    of the subscription on.
 * P2 What is no longer looked at is ended; what is still looked at after a lost link is asked for anew once the line is
 *    registered. A subscription that the exchange ends is asked for again with the next look or registration, not before.
 * P3 What is told in part changes only the dialogs that it names; what is older than what is known changes nothing.
 * P4 Those that the operator starred, 20 at most, are looked at as long as she is signed in, panel or not: the first look
 *    is true. A look that names a line anew leaves its subscription as it is; at the sign-out all of them end.
 */
import { Subscriber, SubscriptionState, UserAgent } from 'sip.js'
import { MOST_WATCHED, presenceOf, type Presence, type Presences, type ToldDialog } from '../../shared/call/presence.ts'
import { readDialogInfo, type DialogInfo } from './dialog-info.ts'

export type Through = { readonly agent: UserAgent; readonly domain: string }

/** One line that is watched; `close` ends it at the exchange. */
export type Watch = { close(): void }
type Told = { readonly notified: (body: string) => void; readonly over: () => void }
/** Begins to watch a line; null where it cannot be asked for. */
export type Subscribe = (through: Through, extension: string, told: Told) => Watch | null

const EXPIRES_SECONDS = 300

/** Subscribes by SIP.js, which refreshes by itself before the time is over. */
export const subscribe: Subscribe = ({ agent, domain }, extension, { notified, over }) => {
  const target = UserAgent.makeURI(`sip:${encodeURIComponent(extension)}@${domain}`)
  if (target === undefined) return null
  const extraHeaders = ['Accept: application/dialog-info+xml']
  const subscriber = new Subscriber(agent, target, 'dialog', { expires: EXPIRES_SECONDS, extraHeaders })
  subscriber.delegate = {
    onNotify: (notification) => {
      void notification.accept()
      notified(notification.request.body)
    },
  }
  subscriber.stateChange.addListener((state) => {
    if (state === SubscriptionState.Terminated) over()
  })
  void subscriber.subscribe().catch(over)
  return { close: () => void subscriber.unsubscribe().catch(() => undefined) }
}

type Line = { readonly watch: Watch; version: number; dialogs: Map<string, ToldDialog>; presence: Presence }

export type PresenceWatch = {
  /** Watches these lines from now on, and no others. */
  look(extensions: readonly string[]): void
  /** The line is registered, or (null) it is not. */
  linked(through: Through | null): void
  now(): Presences
}

export function createPresence(
  changed: (now: Presences) => void,
  ask: Subscribe = subscribe,
  read: (body: string) => DialogInfo | null = readDialogInfo,
): PresenceWatch {
  let wanted: readonly string[] = []
  let through: Through | null = null
  const lines = new Map<string, Line>()
  /** What a lost link left behind. */
  const before: Watch[] = []

  const now = (): Presences =>
    Object.fromEntries(wanted.map((extension) => [extension, lines.get(extension)?.presence ?? 'unknown']))
  const tell = () => changed(now())

  function take(line: Line, body: string): void {
    const told = read(body)
    if (told === null || told.version < line.version) return
    line.version = told.version
    if (told.full) line.dialogs = new Map()
    for (const dialog of told.dialogs) line.dialogs.set(dialog.id, dialog)
    line.presence = presenceOf([...line.dialogs.values()])
    tell()
  }

  /** What SIP.js makes of a strange line must not keep the others from being watched. */
  const askSafely: Subscribe = (...asked) => {
    try {
      return ask(...asked)
    } catch {
      return null
    }
  }

  function open(extension: string): void {
    if (through === null || lines.has(extension)) return
    const own: { line: Line | null } = { line: null }
    const watch = askSafely(through, extension, {
      notified: (body) => own.line !== null && lines.get(extension) === own.line && take(own.line, body),
      over: () => {
        if (own.line === null || lines.get(extension) !== own.line) return
        lines.delete(extension)
        tell()
      },
    })
    if (watch === null) return
    own.line = { watch, version: -1, dialogs: new Map(), presence: 'unknown' }
    lines.set(extension, own.line)
  }

  return {
    look: (extensions) => {
      wanted = [...new Set(extensions)].slice(0, MOST_WATCHED)
      for (const [extension, { watch }] of lines) {
        if (wanted.includes(extension)) continue
        lines.delete(extension)
        watch.close()
      }
      wanted.forEach(open)
      tell()
    },
    linked: (to) => {
      if (to?.agent !== through?.agent) {
        before.push(...[...lines.values()].map(({ watch }) => watch))
        lines.clear()
      }
      // Those of before the cut may stand at the exchange still, and are refreshed here: they end where it can be heard.
      if (to !== null) for (const watch of before.splice(0)) watch.close()
      through = to
      wanted.forEach(open)
      tell()
    },
    now,
  }
}
