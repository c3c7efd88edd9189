import { useTranslation } from 'react-i18next'
import { caseKinds } from '../../../shared/case/case-kind.ts'
import { caseStates } from '../../../shared/case/case-step.ts'
import { SearchSelect } from '../../ui/search-select.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { KeyButton } from '../keys/key-button.tsx'
import { DayField } from './day-field.tsx'
import { noFilter } from '../../../shared/case/saved-filter.ts'
import { narrow, useSearch, widen } from './search-store.ts'
import { UnitSelect } from './unit-select.tsx'
import css from './work.module.css'

const dues = ['any', 'amber', 'red'] as const

/** What narrows the search, all of it by keys. */
export function SearchFilters() {
  const { t } = useTranslation()
  const filter = useSearch((search) => search.filter)
  const { words: _, ...rest } = filter
  const isNarrow = Object.entries(rest).some(([name, value]) => value !== noFilter[name as keyof typeof rest])
  const dueWord = { any: t('work.search.dueAny'), amber: t('work.search.dueAmber'), red: t('work.search.dueRed') }
  return (
    <div className={css.filters} role="group" aria-label={t('work.tabs.search')}>
      <SearchSelect
        className={css.narrow}
        aria-label={t('work.search.state')}
        placeholder={t('work.search.state')}
        clearable
        data={caseStates.map((state) => ({ value: state, label: t(`earlier.state.${state}`) }))}
        value={filter.state}
        onChange={(value) => narrow({ state: caseStates.find((state) => state === value) ?? null })}
      />
      <SearchSelect
        className={css.narrow}
        aria-label={t('work.search.kind')}
        placeholder={t('work.search.kind')}
        clearable
        data={caseKinds.map((kind) => ({ value: kind, label: t(`form.kinds.${kind}`) }))}
        value={filter.kind}
        onChange={(value) => narrow({ kind: caseKinds.find((kind) => kind === value) ?? null })}
      />
      <UnitSelect
        className={css.wide}
        label={t('work.search.unit')}
        value={filter.unit}
        onChange={(unit) => narrow({ unit })}
      />
      <Segmented
        id="search-due"
        label={t('work.search.due')}
        values={dues}
        value={filter.due ?? 'any'}
        words={(due) => dueWord[due]}
        onChange={(due) => narrow({ due: due === 'any' ? null : due })}
      />
      <label className={css.day}>
        <input
          type="checkbox"
          checked={filter.mine}
          onChange={({ currentTarget }) => narrow({ mine: currentTarget.checked })}
        />
        {t('work.search.mine')}
      </label>
      <DayField label={t('work.search.from')} value={filter.fromDay} onChange={(fromDay) => narrow({ fromDay })} />
      <DayField label={t('work.search.to')} value={filter.toDay} onChange={(toDay) => narrow({ toDay })} />
      {isNarrow && (
        <KeyButton id="widenSearch" onPress={widen}>
          {t('work.search.clear')}
        </KeyButton>
      )}
    </div>
  )
}
