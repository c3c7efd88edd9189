import { useCallback, useMemo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { termsOf } from '../../../shared/case/search-words.ts'
import { useNow } from '../../ui/use-now.ts'
import panel from '../../ui/panel.module.css'
import { VirtualList } from '../../ui/virtual-list.tsx'
import { CaseRow, ROW_HEIGHT } from './case-row.tsx'
import css from './case-list.module.css'
import type { CaseLister, ListState } from './case-lister.ts'
import { openPage } from './work-store.ts'

/** As many rows as PgUp and PgDn go. */
const PAGE = 10
const steps: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }

/** What the keys do in a list, wherever the focus is that leads it; false where a key is not the list's. */
export function pressInList(
  list: CaseLister,
  { key, ctrlKey, altKey, metaKey, shiftKey, repeat }: KeyboardEvent,
): boolean {
  if (ctrlKey || altKey || metaKey || shiftKey) return false
  const { rows, chosen } = list.use.getState()
  const step = steps[key]
  if (step !== undefined) list.choose(chosen + step)
  else if (key !== 'Enter' || repeat) return false
  else if (rows[chosen] !== undefined) openPage(rows[chosen].caseId)
  return true
}

type Props = {
  readonly list: CaseLister
  readonly id: string
  /** Said where nothing was found. */
  readonly empty: { readonly words: string; readonly hint: string }
}

/** A list of cases that grows as it is scrolled, with what is to be known of the answer above it. */
export function CaseList({ list, id, empty }: Props) {
  const { t } = useTranslation()
  const { rows, chosen, next, answered, failure } = list.use()
  const now = useNow()
  const words = answered?.words ?? ''
  const terms = useMemo(() => termsOf(words).map(({ text }) => text), [words])
  const onNearEnd = useCallback(() => void list.more(), [list])
  return (
    <div className={css.frame}>
      <Answer list={list} />
      {rows.length === 0 && answered !== null && failure === null ? (
        <div className={panel.empty} data-testid={`${id}-empty`}>
          <p>{empty.words}</p>
          <p>{empty.hint}</p>
        </div>
      ) : (
        <VirtualList
          id={id}
          testId={id}
          label={t('work.list.name')}
          count={rows.length}
          rowHeight={ROW_HEIGHT}
          chosen={chosen}
          onNearEnd={onNearEnd}
          tabIndex={0}
          onKeyDown={(event) => {
            if (pressInList(list, event)) event.preventDefault()
          }}
          after={next !== null && <div className={css.more}>{t('work.list.more')}</div>}
          renderRow={(index, rowId) => {
            const line = rows[index]
            return line === undefined ? null : (
              <CaseRow
                key={line.caseId}
                id={rowId}
                line={line}
                chosen={index === chosen}
                terms={terms}
                now={now}
                onChoose={() => list.choose(index)}
                onOpen={() => openPage(line.caseId)}
              />
            )
          }}
        />
      )}
    </div>
  )
}

/** What of a list the words above it tell: not which row is chosen. */
const answerOf = ({ rows, next, from, complete, loading, failure, answered }: ListState) => ({
  rows,
  next,
  from,
  complete,
  loading,
  failure,
  answered,
})

/** How many, whose answer it is, and what is wrong with it. */
function Answer({ list }: { readonly list: CaseLister }) {
  const { t } = useTranslation()
  const { rows, next, from, complete, loading, failure, answered } = list.use(useShallow(answerOf))
  return (
    <div className={css.state} role="status" data-testid="list-state">
      {from === 'desk' && answered !== null && (
        <span className={panel.tag} data-tone="warn" title={t('work.list.deskTitle')}>
          {t('work.list.desk')}
        </span>
      )}
      {answered !== null && (
        <span>{t(next === null ? 'work.list.count' : 'work.list.countMore', { n: rows.length })}</span>
      )}
      {loading && <span>{t('work.list.loading')}</span>}
      {failure !== null && <span data-bad>{t('work.list.failed', { words: t(`error.${failure.code}`) })}</span>}
      {failure === null && from === 'desk' && answered !== null && <span>{t('work.list.deskTitle')}</span>}
      {!complete && <span>{t('work.list.incomplete')}</span>}
    </div>
  )
}
