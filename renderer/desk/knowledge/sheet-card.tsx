import { useTranslation } from 'react-i18next'
import type { SheetAnswer, Source } from '../../../shared/kb/sheet-answer.ts'
import list from '../../ui/list.module.css'
import panel from '../../ui/panel.module.css'
import { keyShown } from '../keys/key-map.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { insertWords } from '../stores/insert-article.ts'
import { ChoiceCard } from './choice-card.tsx'
import { ChosenNews } from './chosen-news.tsx'
import hits from './hit-list.module.css'
import css from './sheet-card.module.css'
import { useKnowledge } from './knowledge-store.ts'
import { WrongField, WrongKey } from './wrong-field.tsx'
import { useTongue } from './use-tongue.ts'

type CardProps = { readonly answer: SheetAnswer; readonly chosen: boolean; readonly onChoose: () => void }

/** What the tables of the articles answer to the question, in one sentence that can be read out, and its sources. */
export function SheetCard({ answer, chosen, onChoose }: CardProps) {
  const { t } = useTranslation()
  const said = useTongue()
  const words = said(answer.say)
  const [first] = answer.sources
  // Where the article stands in the list, the field for what is wrong with it stands there.
  const isListed = useKnowledge((found) => found.answer?.hits.some(({ id }) => id === first?.id) ?? false)
  const inserted = useDraft((draft) => formOf(draft).reply.includes(words))
  return (
    <ChoiceCard chosen={chosen} onChoose={onChoose} testId="sheet-card">
      <h3>
        {said(answer.title)}
        <span className={panel.tag}>{t(`sheets.kind.${answer.kind}`)}</span>
        {inserted && (
          <span className={panel.tag} data-tone="ok">
            ✓ {t('knowledge.inserted')}
          </span>
        )}
      </h3>
      <p className={css.say} lang={said.language}>
        {words}
      </p>
      <div className={list.row}>
        <span className={hits.source}>
          {answer.sources.map((source) => (
            <SourceWords key={source.id} source={source} />
          ))}
        </span>
        {chosen && first && <WrongKey articleId={first.id} />}
        {chosen && (
          <button type="button" className={hits.insert} onClick={() => insertWords(words, answer.sources)}>
            {t('knowledge.insert')} <kbd aria-hidden>{keyShown('insert')}</kbd>
          </button>
        )}
      </div>
      {chosen && <ChosenNews />}
      {first && !isListed && <WrongField articleId={first.id} />}
      {chosen && <Rows rows={answer.rows} />}
    </ChoiceCard>
  )
}

function SourceWords({ source: { id, source, validUntil, expired } }: { readonly source: Source }) {
  const { t } = useTranslation()
  return (
    <span className={css.source}>
      {id} {source} ·{' '}
      {expired ? (
        <span className={panel.tag} data-tone="warn">
          {t('knowledge.expired', { date: validUntil })}
        </span>
      ) : (
        t('knowledge.validUntil', { date: validUntil })
      )}
    </span>
  )
}

function Rows({ rows }: { readonly rows: SheetAnswer['rows'] }) {
  const said = useTongue()
  return (
    <table className={css.table}>
      <tbody>
        {rows.map(({ name, value }) => (
          <tr key={`${name.zh} ${value.zh}`}>
            <th scope="row">{said(name)}</th>
            <td>{said(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
