import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { may } from '../../../shared/people/roles.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { useSession } from '../stores/session-store.ts'
import { takeTable, useTable } from './table-store.ts'
import css from './work.module.css'

const MEGA = 1_000_000

function words(state: ReturnType<typeof useTable.getState>, t: TFunction): string {
  const { busy, bytes, outcome, failure } = state
  if (busy) return bytes === null ? t('work.table.busy') : t('work.table.progress', { n: (bytes / MEGA).toFixed(1) })
  if (failure?.code === 'illegalTransition') return t('work.table.inCall')
  if (failure !== null) return t('work.table.failed', { words: t(`error.${failure.code}`) })
  return outcome === null ? '' : t(`work.table.${outcome}`)
}

/** The keys that take a search away as a table, for those who may, and what became of it. */
export function TableSign() {
  const { t } = useTranslation()
  const role = useSession(({ session }) => session?.operator.role)
  const state = useTable()
  if (role === undefined || !may(role, 'cases.export')) return null
  return (
    <span className={css.table}>
      <small role="status" data-testid="table-outcome" data-bad={state.failure !== null || undefined}>
        {words(state, t)}
      </small>
      <KeyButton id="saveTable" disabled={state.busy} onPress={() => void takeTable('xlsx')}>
        {t('work.table.act')}
      </KeyButton>
      <KeyButton id="saveCsv" disabled={state.busy} onPress={() => void takeTable('csv')}>
        CSV
      </KeyButton>
    </span>
  )
}
