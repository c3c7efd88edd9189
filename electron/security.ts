import { app, type Session } from 'electron'
import { isHeadset } from './is-headset.ts'

const PHONE = 'app://phone'

function isPhone(origin: string): boolean {
  return origin === PHONE || origin.startsWith(`${PHONE}/`)
}

/** Chromium's names of what the phone may use. */
const asked: ReadonlySet<string> = new Set(['media', 'speaker-selection', 'hid'])

/** The microphone and headsets belong to the phone window alone; every other permission is denied to every window. */
export function denyByDefault(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, grant, details) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    // Display capture arrives as `media` with an empty list.
    const audioOnly = types.length > 0 && types.every((type) => type === 'audio')
    grant(permission === 'media' && audioOnly && isPhone(contents.getURL()))
  })
  session.setDevicePermissionHandler((details) => isPhone(details.origin) && isHeadset(details))
  // Chromium names the asker sometimes by origin, sometimes by URL.
  // `speaker-selection`: the ring and the call may sound from different devices.
  session.setPermissionCheckHandler((_contents, permission, origin) => asked.has(permission) && isPhone(origin))
}

/** No window leaves app://, opens another, or embeds one. */
export function holdNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event, url) => {
      if (URL.parse(url)?.host !== URL.parse(contents.getURL())?.host) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
