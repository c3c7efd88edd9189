import { useTranslation } from 'react-i18next'
import { useSession } from '../stores/session-store.ts'
import { keyShown } from '../keys/key-map.ts'
import sign from '../header/call-list.module.css'
import panel from '../../ui/panel.module.css'
import { pilesOf, type PileName } from './mine-store.ts'
import { usePileCount } from './my-work.tsx'
import { toggleList } from './work-store.ts'

/** What stands in the head beside the key: the one pile that each role is asked for, and what is overdue. */
const shownOf: { readonly [role: string]: readonly PileName[] } = { monitor: ['toDispatch', 'red'] }

/** What waits to be done, as far as it is known; by key or click it opens the whole. */
export function WorkSign() {
  const { t } = useTranslation()
  const role = useSession(({ session }) => session?.operator.role)
  const count = usePileCount()
  const words = (name: PileName) => `${t(`work.mine.${name}`)} ${count(name) ?? t('work.mine.unknown')}`
  const shown = shownOf[role ?? ''] ?? ['visits']
  return (
    <button
      type="button"
      className={sign.sign}
      title={pilesOf(role).map(words).join(' · ')}
      data-testid="work-sign"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => toggleList('mine')}
    >
      {shown.map((name) => (
        <span
          key={name}
          className={name === 'red' && (count(name) ?? 0) > 0 ? panel.tag : sign.figures}
          data-tone="bad"
        >
          {words(name)}
        </span>
      ))}
      <kbd aria-hidden>{keyShown('myWork')}</kbd>
    </button>
  )
}
