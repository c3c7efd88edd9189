import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-shape.tsx'
import css from './case-list.module.css'
import { useList } from './list-store.ts'

/** What must not be forgotten: what is overdue, what soon will be, what is supervised. */
export function Reminders() {
  const { t } = useTranslation('portal')
  const { counts, work, onlyMine } = useList()
  const open = [counts.toSign, counts.inHand]
  const red = open.reduce((sum, one) => sum + (one?.red ?? 0), 0)
  const amber = open.reduce((sum, one) => sum + (one?.amber ?? 0), 0)
  const { supervised } = work
  return (
    <div className={css.reminders} role="status" aria-label={t('remind.title')}>
      {red > 0 && (
        <span data-tone="bad">
          <StatusShape shape="square" /> {t('remind.red', { number: red })}
        </span>
      )}
      {amber > 0 && (
        <span data-tone="warn">
          <StatusShape shape="half" /> {t('remind.amber', { number: amber })}
        </span>
      )}
      {supervised > 0 && (
        <span data-tone="bad">
          <StatusShape shape="bell" /> {t('remind.supervised', { number: supervised })}
        </span>
      )}
      {red + amber + supervised === 0 && <span>{t('remind.none')}</span>}
      <label className={css.mine}>
        <input
          type="checkbox"
          checked={onlyMine}
          onChange={(event) => useList.setState({ onlyMine: event.currentTarget.checked })}
        />{' '}
        {t('remind.mine')}
      </label>
    </div>
  )
}
