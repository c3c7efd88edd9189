import type { TFunction } from 'i18next'
import type { CallQuality } from '../../../shared/call/call-quality.ts'
import type { SoundDevices } from '../../../shared/call/sound-devices.ts'
import type { Shape } from '../../ui/status-shape.tsx'

type Sign = { readonly tone: 'ok' | 'warn' | 'bad'; readonly shape: Shape; readonly words: string }

/** The worst that is to be said of the sound: one does not hear the other, then a device that is not there. */
export function soundSign(
  { devices, trouble }: { readonly devices: SoundDevices | null; readonly trouble: CallQuality['trouble'] },
  t: TFunction,
): Sign {
  if (trouble !== null) return { tone: 'bad', shape: 'hollow', words: t(`sound.trouble.${trouble}`) }
  const role = devices?.missing[0]
  if (role) return { tone: 'warn', shape: 'half', words: t(`sound.away.${role}`) }
  return { tone: 'ok', shape: 'disc', words: t('sound.title') }
}

/** What is chosen, or was spoken into, and not there, in whole sentences. */
export function missingWords({ missing, chosen, pulled }: SoundDevices, t: TFunction): string[] {
  return missing.map((role) => t(`sound.missing.${role}`, { name: chosen[role] ?? pulled ?? '' }))
}

/** The word of each number of bars. */
export const barWords = { 3: 'good', 2: 'fair', 1: 'poor' } as const

/** Speech is far from the loudest that a microphone can say: a root would show it, and still be 0 for silence. */
export const onScale = (level: number) => Math.min(1, Math.sqrt(level) * 1.6)

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const ms = (value: number) => `${Math.round(value)} ms`

/** One name where both ways are coded alike: what is heard, then what is said. */
const codecWords = ({ in: heard, out: said }: CallQuality['codecs']) =>
  [...new Set([heard ?? '–', said ?? '–'])].join(' / ')

/** The numbers of a call in words; a dash for what nobody has reported yet. */
export function qualityRows(quality: CallQuality, t: TFunction): [string, string][] {
  const shown = (value: number | null, as: (value: number) => string) => (value === null ? '–' : as(value))
  const score = (value: number) => value.toFixed(1)
  return [
    [t('sound.mosIn'), shown(quality.mosIn, score)],
    [t('sound.mosOut'), shown(quality.mosOut, score)],
    [t('sound.lossIn'), percent(quality.lossIn)],
    [t('sound.lossOut'), shown(quality.lossOut, percent)],
    [t('sound.jitter'), ms(quality.jitterMs)],
    [t('sound.roundTrip'), shown(quality.rttMs, ms)],
    [t('sound.codec'), codecWords(quality.codecs)],
  ]
}
