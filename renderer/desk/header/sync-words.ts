import type { TFunction } from 'i18next'
import { indexingOf } from '../../../shared/kb/indexing.ts'
import { timeOfDay } from '../../ui/format-time.ts'
import type { Shape } from '../../ui/status-shape.tsx'
import type { useSync } from '../stores/sync-store.ts'

type State = ReturnType<typeof useSync.getState>
type Sign = { readonly shape: Shape; readonly tone: 'ok' | 'warn' | 'bad'; readonly words: string }

/** The gravest thing that goes on behind the desk. */
function gravest({ sync, services }: State, t: TFunction): Sign {
  if (services.store.state === 'down') return { shape: 'half', tone: 'bad', words: t('sync.storeDown') }
  if (services.phone.state === 'down') return { shape: 'half', tone: 'bad', words: t('sync.phoneDown') }
  if (sync === null) return { shape: 'hollow', tone: 'warn', words: t('sync.unknown') }
  if (sync.central === 'incompatible') return { shape: 'square', tone: 'bad', words: t('sync.incompatible') }
  if (sync.refused > 0) return { shape: 'square', tone: 'bad', words: t('sync.refused', { n: sync.refused }) }
  if (sync.central === 'notEnrolled') return { shape: 'square', tone: 'bad', words: t('sync.notEnrolled') }
  if (sync.signIn === 'refused') return { shape: 'square', tone: 'bad', words: t('sync.signInRefused') }
  if (sync.signIn === 'passwordWanted') return { shape: 'hollow', tone: 'warn', words: t('sync.passwordWanted') }
  if (sync.central === 'signedOut') return { shape: 'hollow', tone: 'warn', words: t('sync.signedOut') }
  if (sync.central === 'unreachable') {
    const since = timeOfDay(sync.unreachableSince ?? Date.now())
    const key = sync.signIn === 'offline' ? 'sync.offline' : 'sync.unreachable'
    return { shape: 'hollow', tone: 'warn', words: t(key, { since }) }
  }
  if (sync.late > 0) return { shape: 'half', tone: 'warn', words: t('sync.late', { n: sync.late }) }
  if (sync.waiting > 0) {
    const since = timeOfDay(sync.waitingSince ?? Date.now())
    return { shape: 'half', tone: 'warn', words: t('sync.waiting', { n: sync.waiting, since }) }
  }
  if (sync.more) return { shape: 'half', tone: 'ok', words: t('sync.fetching', { n: sync.articles }) }
  const indexing = indexingOf(sync)
  return { shape: 'disc', tone: 'ok', words: indexing ? t('sync.indexing', indexing) : t('sync.synced') }
}

/** The one thing worth saying; that choices wait is said beside it, for only the operator can make them. */
export function signOf(state: State, t: TFunction): Sign {
  const sign = gravest(state, t)
  const late = state.sync?.late ?? 0
  const words = t('sync.late', { n: late })
  return late === 0 || sign.words === words ? sign : { ...sign, words: `${sign.words} · ${words}` }
}
