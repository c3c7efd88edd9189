import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import type { PortRange } from '../shared/call/media-ports.ts'

const preload = join(import.meta.dirname, '../preload/index.cjs')
const webPreferences = { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, spellcheck: false }

/** The operator's window; it may be closed, reloaded or killed without any call noticing. */
export function openDesk(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1180,
    minHeight: 680,
    useContentSize: true,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f4f5f7',
    title: '三心',
    webPreferences: { ...webPreferences, backgroundThrottling: false },
  })
  window.removeMenu()
  window.once('ready-to-show', () => window.show())
  void window.loadURL('app://desk/desk/index.html')
  return window
}

/** In front of all other programs, with the keyboard, however it was put away. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.moveTop()
  // macOS gives the keyboard to a program only when it is asked for by force.
  app.focus({ steal: true })
  window.focus()
}

/**
 * The phone: never shown, because a window that was shown and then hidden is throttled to a tick a second,
 * and never throttled, because it keeps the time of a call.
 * `ports` are the local UDP ports of its sound; null for any.
 */
export function openPhone(ports: PortRange | null): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    title: '三心 phone',
    webPreferences: { ...webPreferences, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' },
  })
  if (ports !== null) window.webContents.setWebRTCUDPPortRange(ports)
  void window.loadURL('app://phone/phone/index.html')
  return window
}
