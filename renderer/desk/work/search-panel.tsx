import { TextInput } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../ui/composing.ts'
import { keyShown } from '../keys/key-map.ts'
import { CaseList, pressInList } from './case-list.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { SearchFilters } from './search-filters.tsx'
import { enterSearch, nameFilter, narrow, searchList, takeFilter, useSearch, widen } from './search-store.ts'
import { TableSign } from './table-sign.tsx'
import { mayTakeTable, takeTable } from './table-store.ts'
import css from './work.module.css'
import { goBack } from './work-store.ts'

export const CASE_SEARCH_ID = 'case-search'
const LIST_ID = 'case-hits'

/** Whether a choice stands open that the key belongs to. */
const inOpenChoice = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && target.id !== CASE_SEARCH_ID && target.getAttribute('aria-expanded') === 'true'

/** The keys of the whole view; false where a key is not its own. */
function press(event: KeyboardEvent): boolean {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = event
  if (altKey || metaKey) return false
  if (ctrlKey && key.toLowerCase() === 's') nameFilter('')
  else if (ctrlKey && key.toLowerCase() === 'e' && mayTakeTable()) void takeTable(shiftKey ? 'csv' : 'xlsx')
  else if (ctrlKey && key === 'Backspace' && (event.target as HTMLElement).id !== CASE_SEARCH_ID) widen()
  else if (ctrlKey && /^[1-9]$/.test(key)) takeFilter(Number(key) - 1)
  else if (!ctrlKey && key === 'Escape' && !inOpenChoice(event)) goBack()
  else return false
  return true
}

/** What is looked for; it says which row is chosen, and is drawn anew with each, so nothing else is in it. */
function SearchBox() {
  const { t } = useTranslation()
  const box = useRef<HTMLInputElement>(null)
  const words = useSearch(({ filter }) => filter.words)
  const count = searchList.use(({ rows }) => rows.length)
  const chosen = searchList.use((list) => list.chosen)
  useEffect(() => {
    box.current?.focus()
    box.current?.select()
    enterSearch()
  }, [])
  return (
    <TextInput
      ref={box}
      id={CASE_SEARCH_ID}
      className={css.box}
      aria-label={t('work.search.box')}
      placeholder={t('work.search.placeholder')}
      autoComplete="off"
      role="combobox"
      aria-expanded={count > 0}
      aria-controls={LIST_ID}
      aria-activedescendant={count > 0 ? `${LIST_ID}-${chosen}` : undefined}
      maxLength={100}
      value={words}
      onChange={({ currentTarget, nativeEvent }) =>
        narrow({ words: currentTarget.value }, (nativeEvent as InputEvent).isComposing)
      }
      onCompositionEnd={({ currentTarget }) => narrow({ words: currentTarget.value })}
      onKeyDown={(event) => {
        if (!isComposing(event.nativeEvent) && pressInList(searchList, event)) event.preventDefault()
      }}
      rightSectionWidth={56}
      rightSection={<kbd aria-hidden>{keyShown('findCases')}</kbd>}
    />
  )
}

/** The search in all cases: one box, what narrows it, and what was found. */
export function SearchPanel() {
  const { t } = useTranslation()
  return (
    <section
      className={css.view}
      aria-label={t('work.tabs.search')}
      data-testid="case-search-view"
      onKeyDown={(event) => {
        if (!isComposing(event.nativeEvent) && press(event)) event.preventDefault()
      }}
    >
      <div className={css.top}>
        <SearchBox />
        <SearchFilters />
        <SavedFilters />
      </div>
      <CaseList
        list={searchList}
        id={LIST_ID}
        empty={{ words: t('work.list.empty'), hint: t('work.list.emptyHint', { key: keyShown('widenSearch') }) }}
      />
      <div className={css.foot}>
        <span>
          {t('work.list.hint', {
            choose: keyShown('chooseCase'),
            page: keyShown('pageCases'),
            open: keyShown('openPage'),
          })}
        </span>
        <TableSign />
      </div>
    </section>
  )
}
