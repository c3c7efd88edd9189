import { Button } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseLine } from '../../../shared/case/case-line.ts'
import { useFailureWords } from '../failure-words.ts'
import lineCss from '../../page/lines.module.css'
import css from './case-list.module.css'
import { Line, ReturnedLine } from './lines.tsx'
import { chooseTab, search, showMore, tabs, useList } from './list-store.ts'
import { supervisedFirst, useLook } from './look-store.ts'
import { PageTitle } from './page-title.tsx'
import { Reminders } from './reminders.tsx'
import { SearchField } from '../../page/search-field.tsx'
import { useMine } from './use-mine.ts'

/** The unit's cases: by where they stand, the most urgent first. */
export function CaseList({ chosen }: { readonly chosen: string | null }) {
  const { t } = useTranslation('portal')
  const { tab, words, failure } = useList()
  const failureWords = useFailureWords()
  return (
    <section className={lineCss.panel} aria-label={t('list')}>
      <PageTitle />
      <Reminders />
      <SearchField key={words} label={t('search')} hint={t('searchHint')} words={words} onSearch={search} />
      <Tabs />
      {failure !== null && (
        <p className={lineCss.failure} role="alert">
          {t('failed', { words: failureWords(failure) })}
        </p>
      )}
      <div role="tabpanel" id="lines" aria-labelledby={`tab-${tab}`}>
        {tab === 'returned' && words === '' ? <ReturnedLines /> : <Lines chosen={chosen} />}
      </div>
    </section>
  )
}

function Tabs() {
  const { t } = useTranslation('portal')
  const { tab, counts, work, loaded } = useList()
  const countOf = (one: (typeof tabs)[number]) =>
    one === 'returned' ? work.returned.length : (counts[one]?.cases ?? 0)
  return (
    <div className={css.tabs} role="tablist" tabIndex={-1} aria-label={t('list')} onKeyDown={moveTab}>
      {tabs.map((one) => (
        <button
          key={one}
          id={`tab-${one}`}
          type="button"
          role="tab"
          aria-selected={one === tab}
          tabIndex={one === tab ? 0 : -1}
          aria-controls="lines"
          className={css.tab}
          onClick={() => chooseTab(one)}
        >
          {t(`tabs.${one}`)} <b>{loaded || countOf(one) > 0 ? countOf(one) : '…'}</b>
        </button>
      ))}
    </div>
  )
}

/** ← and → go from tab to tab, round about (WAI-ARIA Authoring Practices, Tabs). */
function moveTab(event: KeyboardEvent): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (by === 0) return
  event.preventDefault()
  const now = tabs.indexOf(useList.getState().tab)
  const next = tabs[(now + by + tabs.length) % tabs.length] ?? 'toSign'
  chooseTab(next)
  document.getElementById(`tab-${next}`)?.focus()
}

/** Whether a case is mine, or of somebody whom I stand in for today. */
function useIsMine(): (line: CaseLine) => boolean {
  const signers = useList((list) => list.work.signers)
  const mine = useMine()
  return ({ caseId }) => {
    const signer = signers.find((one) => one.caseId === caseId)
    return signer === undefined || mine.has(signer.staffNo)
  }
}

function Lines({ chosen }: { readonly chosen: string | null }) {
  const { t } = useTranslation('portal')
  const { tab, words, lines, next, loaded, onlyMine } = useList()
  const isMine = useIsMine()
  const look = useLook()
  const inOrder = words === '' && tab !== 'answered' ? supervisedFirst(lines, look) : lines
  const shown = onlyMine ? inOrder.filter(isMine) : inOrder
  if (!loaded && lines.length === 0) return <p className={lineCss.empty}>{t('loading')}</p>
  return (
    <>
      {shown.length === 0 && (
        <p className={lineCss.empty}>{words === '' ? t(`empty.${tab}`) : t('empty.found', { words })}</p>
      )}
      <ul className={lineCss.lines}>
        {shown.map((line) => (
          <Line key={line.caseId} line={line} chosen={line.caseId === chosen} />
        ))}
      </ul>
      {words !== '' && (
        <Button className={lineCss.more} onClick={() => search('')}>
          {t('clear')}
        </Button>
      )}
      {next !== null && (
        <Button className={lineCss.more} onClick={() => void showMore()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function ReturnedLines() {
  const { t } = useTranslation('portal')
  const returned = useList((list) => list.work.returned)
  if (returned.length === 0) return <p className={lineCss.empty}>{t('empty.returned')}</p>
  return (
    <ul className={lineCss.lines}>
      {returned.map((one) => (
        <ReturnedLine key={`${one.caseId}-${one.at}`} returned={one} />
      ))}
    </ul>
  )
}
