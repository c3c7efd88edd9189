import { useTranslation } from 'react-i18next'
import { indexingOf } from '../../../shared/kb/indexing.ts'
import type { ArticleHit } from '../../../shared/kb/hit.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { keyShown } from '../keys/key-map.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { insertArticle } from '../stores/insert-article.ts'
import { useArticleNews } from '../stores/article-news-store.ts'
import { useSync } from '../stores/sync-store.ts'
import { bodyParts } from './article-body.ts'
import { ChoiceCard } from './choice-card.tsx'
import { ChosenNews } from './chosen-news.tsx'
import { choose, useKnowledge } from './knowledge-store.ts'
import { Marked } from './marked.tsx'
import { SheetCard } from './sheet-card.tsx'
import { SheetTables } from './sheet-tables.tsx'
import { WrongField, WrongKey } from './wrong-field.tsx'
import { SuggestedList } from './suggested-list.tsx'
import { useSuggested } from './suggested-store.ts'
import css from './hit-list.module.css'

/** A value up to this wide stands beside another; a Han character is two wide. */
const SHORT = 15

function widthOf(text: string): number {
  return [...text].reduce((width, char) => width + (char > '\u2e7f' ? 2 : 1), 0)
}

/** What was found, the chosen one whole. */
export function HitList() {
  const { t } = useTranslation()
  const { query, answer, failure, loading, chosen } = useKnowledge()
  const incomplete = useSync(({ sync }) => sync !== null && indexingOf(sync) !== null)
  const suggested = useSuggested(({ list: some }) => some.length > 0)
  const hits = answer?.hits ?? []
  return (
    <div
      className={css.results}
      id="knowledge-results"
      role="group"
      aria-label={t('knowledge.results')}
      aria-busy={loading}
    >
      {answer?.sheet && !failure && (
        <SheetCard answer={answer.sheet} chosen={chosen === -1} onChoose={() => choose(-1)} />
      )}
      {failure ? (
        <Words title={t('knowledge.failed')} hint={t(`error.${failure.code}`)} />
      ) : answer === null && !loading && suggested ? (
        <SuggestedList />
      ) : answer === null ? (
        <Words title={loading ? t('knowledge.loading') : t('knowledge.startTitle')} hint={t('knowledge.startHint')} />
      ) : hits.length === 0 && answer.sheet ? null : hits.length === 0 ? (
        <Words
          title={t('knowledge.emptyTitle', { query: query.trim().slice(0, 20) })}
          hint={t(incomplete ? 'knowledge.emptyYet' : 'knowledge.emptyHint')}
        />
      ) : (
        <>
          {answer.near && (
            <p className={css.near} role="status">
              {t('knowledge.near')}
            </p>
          )}
          {hits.map((hit, index) => (
            <Hit key={hit.id} hit={hit} marks={answer.marks} chosen={index === chosen} onChoose={() => choose(index)} />
          ))}
        </>
      )}
    </div>
  )
}

function Words({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <div className={panel.empty} role="status">
      <p>{title}</p>
      <p>{hint}</p>
    </div>
  )
}

type HitProps = {
  readonly hit: ArticleHit
  readonly marks: readonly string[]
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Hit({ hit, marks, chosen, onChoose }: HitProps) {
  const { t } = useTranslation()
  const inserted = useDraft((draft) => formOf(draft).articles.some(({ id }) => id === hit.id))
  return (
    <ChoiceCard chosen={chosen} onChoose={onChoose}>
      <h3>
        <Marked text={hit.title} marks={marks} />
        {inserted && (
          <span className={panel.tag} data-tone="ok">
            ✓ {t('knowledge.inserted')}
          </span>
        )}
      </h3>
      <div className={list.row}>
        <span className={css.source}>
          {hit.source}
          {hit.district !== null && ` · ${hit.district}`} · <Validity hit={hit} />
        </span>
        {chosen && <WrongKey articleId={hit.id} />}
        {chosen && (
          <button type="button" className={css.insert} onClick={() => insertArticle(hit)}>
            {t('knowledge.insert')} <kbd aria-hidden>{keyShown('insert')}</kbd>
          </button>
        )}
      </div>
      {!chosen && hit.snippet !== '' && (
        <p className={css.snippet}>
          <Marked text={hit.snippet} marks={marks} />
        </p>
      )}
      {chosen && <ChosenNews />}
      <WrongField articleId={hit.id} />
      {chosen && <Body body={hit.body} marks={marks} />}
      {chosen && <SheetTables hit={hit} marks={marks} />}
    </ChoiceCard>
  )
}

/** Until when it holds; in another shape where it does not hold today. */
function Validity({ hit: { id, notBefore, validUntil, ...hit } }: { readonly hit: ArticleHit }) {
  const { t } = useTranslation()
  // What expires while it stands here says so.
  const over = useArticleNews(({ news }) => news.some((one) => one.kind === 'expired' && one.id === id))
  const expired = hit.expired || over
  if (!expired && notBefore === null) return t('knowledge.validUntil', { date: validUntil })
  return (
    <span className={panel.tag} data-tone="warn">
      {expired ? t('knowledge.expired', { date: validUntil }) : t('knowledge.notBefore', { date: notBefore })}
    </span>
  )
}

function Body({ body, marks }: { readonly body: string; readonly marks: readonly string[] }) {
  return (
    <div className={css.body}>
      {bodyParts(body).map((part) =>
        part.kind === 'text' ? (
          <p key={part.at}>
            <Marked text={part.text} marks={marks} />
          </p>
        ) : (
          <dl key={part.at}>
            {part.rows.map(([name, value]) => (
              <div key={`${name} ${value}`} data-wide={widthOf(value) > SHORT || undefined}>
                <dt>{name}</dt>
                <dd>
                  <Marked text={value} marks={marks} />
                </dd>
              </div>
            ))}
          </dl>
        ),
      )}
    </div>
  )
}
