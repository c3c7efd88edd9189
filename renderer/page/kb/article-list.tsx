import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { articleStates } from '../../../shared/kb/article-life.ts'
import { articleListSchema, expiries, type ArticleLine } from '../../../shared/kb/article-life-page.ts'
import { chinaDay } from '../../../shared/china-day.ts'
import tag from '../../ui/panel.module.css'
import { useNow } from '../../ui/use-now.ts'
import lineCss from '../lines.module.css'
import { SearchField } from '../search-field.tsx'
import { usePages, type Pages } from '../use-pages.ts'
import { useKbFailureWords } from './failure-words.ts'
import { SelectField } from '../select-field.tsx'
import type { KbPage } from './kb-page.ts'
import css from './kb.module.css'

export type Filter = {
  readonly words: string
  readonly state: string
  readonly unit: string
  readonly district: string
  readonly expires: string
}
/** What narrows nothing. */
export const everything: Filter = { words: '', state: '', unit: '', district: '', expires: '' }

type Listed = { readonly articles: readonly ArticleLine[]; readonly next: string | null }

/** The list of articles and what narrows it; `refresh` reads it anew. */
export function useArticleList({ base }: Pick<KbPage, 'base'>) {
  const [filter, setFilter] = useState(everything)
  const said = Object.entries(filter).filter(([name, value]) => value !== '' || name === 'words')
  const list = usePages(articleListSchema, `${base}/articles?${new URLSearchParams(Object.fromEntries(said))}`)
  return { filter, setFilter, list, refresh: list.refresh }
}

type Props = {
  readonly page: KbPage
  readonly of: ReturnType<typeof useArticleList>
  readonly chosen: string | null
}

/** Articles by what narrows them, the newest change first. */
export function ArticleList({ page, of: { filter, setFilter, list }, chosen }: Props) {
  const { t } = useTranslation('articles')
  return (
    <>
      <SearchField
        key={filter.words}
        label={t('search')}
        hint={t('searchHint')}
        words={filter.words}
        onSearch={(words) => setFilter({ ...filter, words })}
      />
      <Filters page={page} filter={filter} onChange={setFilter} />
      <Lines page={page} list={list} chosen={chosen} filtered={filter !== everything} />
    </>
  )
}

type FilterProps = { readonly page: KbPage; readonly filter: Filter; readonly onChange: (filter: Filter) => void }

function Filters({ page: { units }, filter, onChange }: FilterProps) {
  const { t } = useTranslation('articles')
  const choose = (
    name: Exclude<keyof Filter, 'words'>,
    label: string,
    all: string,
    some: { value: string; words: string }[],
  ) => (
    <SelectField
      bare
      label={label}
      value={filter[name]}
      choices={[{ value: '', words: all }, ...some]}
      onChange={(value) => onChange({ ...filter, [name]: value })}
    />
  )
  const states = articleStates.map((state) => ({ value: state, words: t(`state.${state}`) }))
  const ends = expiries.map((one) => ({ value: one, words: t(`expires.${one}`) }))
  const districts = [...new Set((units ?? []).flatMap(({ district }) => district ?? []))]
  return (
    <div className={css.filters}>
      {choose('state', t('filter.state'), t('state.all'), states)}
      {choose('expires', t('expires.label'), t('expires.all'), ends)}
      {units !== null &&
        choose(
          'unit',
          t('filter.unit'),
          t('filter.allUnits'),
          units.map(({ id, name }) => ({ value: id, words: name })),
        )}
      {districts.length > 0 &&
        choose(
          'district',
          t('filter.district'),
          t('filter.allDistricts'),
          districts.map((one) => ({ value: one, words: one })),
        )}
    </div>
  )
}

type LinesProps = {
  readonly page: KbPage
  readonly list: Pages<Listed>
  readonly chosen: string | null
  readonly filtered: boolean
}

function Lines({ page, list, chosen, filtered }: LinesProps) {
  const { t } = useTranslation('articles')
  const failureWords = useKbFailureWords()
  const today = chinaDay(useNow(false))
  const articles = list.pages?.flatMap((one) => one.articles) ?? []
  return (
    <>
      {list.failure !== null && (
        <p className={lineCss.failure} role="alert">
          {failureWords(list.failure)}
        </p>
      )}
      {list.pages === null && list.failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
      {list.pages !== null && articles.length === 0 && (
        <p className={lineCss.empty}>{t(page.party === 'unit' && !filtered ? 'noneOfUnit' : 'none')}</p>
      )}
      <ul className={lineCss.lines}>
        {articles.map((line) => (
          <Line key={line.id} line={line} today={today} href={page.hrefTo(line.id)} chosen={line.id === chosen} />
        ))}
      </ul>
      {list.more !== null && (
        <Button className={lineCss.more} onClick={list.more}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

const tones = { draft: 'warn', review: 'warn', published: 'ok', withdrawn: 'bad' } as const

/** The state of an article, by word and colour. */
export function StateTag({ state }: { readonly state: keyof typeof tones }) {
  const { t } = useTranslation('articles')
  return (
    <span className={tag.tag} data-tone={tones[state]}>
      {t(`state.${state}`)}
    </span>
  )
}

type LineProps = { readonly line: ArticleLine; readonly today: string; readonly href: string; readonly chosen: boolean }

function Line({
  line: { id, title, state, version, unit, district, validUntil, withdrawn },
  today,
  href,
  chosen,
}: LineProps) {
  const { t } = useTranslation('articles')
  const where = [unit, district].filter((part) => part !== null && part !== '')
  const stands = version > 0 && !withdrawn && validUntil !== null
  return (
    <li>
      <a className={lineCss.line} href={href} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{title}</b>
          <span>{id}</span>
        </span>
        <span className={lineCss.place}>
          {[...where, ...(stands ? [t('until', { date: validUntil })] : [])].join(' · ')}
        </span>
        <span className={lineCss.marks}>
          <StateTag state={state} />
          {version > 0 && <span className={tag.tag}>{t('version', { version })}</span>}
          {stands && validUntil < today && (
            <span className={tag.tag} data-tone="bad">
              {t('expires.past')}
            </span>
          )}
        </span>
      </a>
    </li>
  )
}
