import { join } from 'node:path'
import { environmentName, settingNames, type Settings } from '../../shared/settings.ts'

/** The built app: what Electron is pointed at. */
export const appFolder = join(import.meta.dirname, '../..')

/** The Electron that the bootstrap found. */
export function electronPath(): string {
  const path = process.env['SANXIN_ELECTRON_PATH']
  if (!path) throw new Error('SANXIN_ELECTRON_PATH is not set: start this by npm start or npm test')
  return path
}

/** Settings as the environment that the app reads. */
export function settingsEnvironment(settings: Partial<Settings>): Record<string, string> {
  const entries = settingNames.flatMap((name): [string, string][] => {
    const value = settings[name]
    return value === undefined ? [] : [[environmentName(name), value === null ? '' : String(value)]]
  })
  return Object.fromEntries(entries)
}

type Switches = { readonly practice: boolean; readonly fakeMicrophone?: string | null }

/**
 * Chromium's switches. `practice` lets two ends of one machine find each other; a fake microphone plays a WAV
 * file instead of a device (null: the machine has no microphone).
 */
export function electronSwitches({ practice, fakeMicrophone }: Switches): string[] {
  const switches = [appFolder]
  if (process.platform === 'linux' && process.getuid?.() === 0) switches.push('--no-sandbox')
  if (process.env['SANXIN_VIRTUAL_DISPLAY']) switches.push('--disable-gpu')
  if (practice) switches.push('--allow-loopback-in-peer-connection', '--disable-features=WebRtcHideLocalIpsWithMdns')
  if (fakeMicrophone === null) switches.push('--disable-audio-input')
  else if (fakeMicrophone !== undefined) {
    switches.push('--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${fakeMicrophone}`)
  }
  return switches
}
