import { Input } from '@mantine/core'
import { useEffect, type FocusEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../ui/composing.ts'
import { focusField, SEARCH_ID } from '../focus.ts'
import { keyShown } from '../keys/key-map.ts'
import { noteAct, useActivity } from '../stores/activity-store.ts'
import { useDraft } from '../stores/draft-store.ts'
import type { OpenDraft } from '../stores/open-draft.ts'
import { useSync } from '../stores/sync-store.ts'
import { noteLeft } from './gap-note.ts'
import { pressNarrowing, ScopeSign } from './scope-sign.tsx'
import { HitList } from './hit-list.tsx'
import { IndexingSign } from './indexing-sign.tsx'
import { choose, clearSearch, searchAgainWith, setQuery, useKnowledge } from './knowledge-store.ts'
import { insertChosen, pressRowKey } from './insert-chosen.ts'
import { useTongue } from './use-tongue.ts'
import { followSuggested, holdSuggested, pressSuggested } from './suggested-store.ts'
import css from './knowledge-panel.module.css'

/** Another citizen, another question; but what was looked up before the first word of a case stays for it. */
function forgetWith(open: OpenDraft | null, before: OpenDraft | null): void {
  if (open?.caseId === before?.caseId) return
  if (before !== null || open?.callId) clearSearch()
}

/** She went on elsewhere on the desk; a window that only lost the focus keeps its cursor. */
function leftField({ currentTarget }: FocusEvent): void {
  if (document.activeElement !== currentTarget) noteLeft()
}

/** The knowledge search: from one character on, all by keys, the answer with its source. */
export function KnowledgePanel() {
  const { t } = useTranslation()
  const { query, chosen } = useKnowledge()
  useEffect(() => useDraft.subscribe(({ open }, before) => forgetWith(open, before.open)), [])
  useEffect(() => useSync.subscribe(searchAgainWith), [])
  useEffect(followSuggested, [])

  const said = useTongue()
  const leave = () => {
    if (useActivity.getState().lastAct === 'searching') noteAct('typing')
    focusField('content')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.altKey) return
    if (event.ctrlKey) return pressNarrowing(event)
    if (event.shiftKey && pressRowKey(event.key, said)) return event.preventDefault()
    if (query === '' && pressSuggested(event.key)) return event.preventDefault()
    if (event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen - 1)
    else if (event.key === 'Enter') insertChosen(said)
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
  }
  return (
    <section className={css.panel} aria-label={t('knowledge.column')}>
      <div className={css.box}>
        <Input
          id={SEARCH_ID}
          type="text"
          role="searchbox"
          aria-label={t('knowledge.search')}
          aria-controls="knowledge-results"
          value={query}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          placeholder={t('knowledge.placeholder')}
          rightSection={<kbd aria-hidden>{keyShown('search')}</kbd>}
          onKeyDown={onKeyDown}
          onFocus={() => {
            noteAct('searching')
            holdSuggested(true)
          }}
          onBlur={(event) => {
            leftField(event)
            holdSuggested(false)
          }}
          onChange={(event) => {
            noteAct('searching')
            setQuery(event.currentTarget.value, (event.nativeEvent as InputEvent).isComposing)
          }}
          onCompositionEnd={(event) => setQuery(event.currentTarget.value, false)}
        />
      </div>
      <ScopeSign />
      <IndexingSign />
      <HitList />
    </section>
  )
}
