import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-shape.tsx'
import { useMinute } from '../use-minute.ts'
import css from './case-list.module.css'
import { useList } from './list-store.ts'
import { freshOf, useLook } from './look-store.ts'
import { useMine } from './use-mine.ts'

/** What must not be forgotten: what is overdue, what soon will be, what is supervised. */
export function Reminders() {
  const { t } = useTranslation('portal')
  const { counts, work, onlyMine } = useList()
  const open = [counts.toSign, counts.inHand]
  const red = open.reduce((sum, one) => sum + (one?.red ?? 0), 0)
  const amber = open.reduce((sum, one) => sum + (one?.amber ?? 0), 0)
  const { supervised } = work
  const fresh = useLook((look) => freshOf(look).length)
  return (
    <div className={css.reminders} role="status" aria-label={t('remind.title')}>
      {fresh > 0 && (
        <span>
          <StatusShape shape="disc" /> {t('remind.fresh', { number: fresh })}
        </span>
      )}
      <Counts red={red} amber={amber} supervised={supervised} />
      {red + amber + supervised === 0 && <span>{t('remind.none')}</span>}
      <Own />
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

type Numbers = { readonly red: number; readonly amber: number; readonly supervised: number }

function Counts({ red, amber, supervised }: Numbers) {
  const { t } = useTranslation('portal')
  return (
    <>
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
    </>
  )
}

/** Of these what she signed for herself, and what is of whom she stands in for today. */
function Own() {
  const { t } = useTranslation('portal')
  const now = useMinute()
  const mine = useMine()
  const own = useList((list) => list.work.signers).filter(({ staffNo }) => mine.has(staffNo))
  const red = own.filter(({ due }) => due !== null && now >= due).length
  const amber = own.filter((one) => one.due !== null && one.amber !== null && now < one.due && now >= one.amber).length
  const supervised = own.filter((one) => one.supervised).length
  if (red + amber + supervised === 0) return null
  return (
    <span className={css.own} data-testid="own">
      {t('remind.own')} <Counts red={red} amber={amber} supervised={supervised} />
    </span>
  )
}
