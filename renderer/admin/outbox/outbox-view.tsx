import { useTranslation } from 'react-i18next'
import { outboxPageSchema, type OutboxPage } from '../../../shared/admin/outbox-page.ts'
import lineCss from '../../page/lines.module.css'
import workCss from '../../page/work.module.css'
import { PanelHead } from '../asked-panel.tsx'
import css from '../panel.module.css'
import { ReadFailure } from '../read-failure.tsx'
import { hrefTo } from '../route.ts'
import { useAsked } from '../../page/use-asked.ts'
import { DeadPanel } from './dead-panel.tsx'
import { RatingsPanel } from './ratings-panel.tsx'
import { VoicePanel } from './voice-panel.tsx'

const parts = ['dead', 'voice', 'ratings'] as const
type Part = (typeof parts)[number]
const panels = { dead: DeadPanel, voice: VoicePanel, ratings: RatingsPanel } as const

/** Central lists so many of each at most. */
const MOST_LISTED = 200

const numbersOf = ({ troubled, dead, byVoice, ratings }: OutboxPage): Readonly<Record<Part, number>> => ({
  dead: dead.reduce((sum, { number }) => sum + number, 0) + troubled.filter(({ nextAt }) => nextAt !== null).length,
  voice: byVoice.length,
  ratings: ratings.length,
})
const listOf = ({ troubled, byVoice, ratings }: OutboxPage, part: Part): readonly unknown[] =>
  ({ dead: troubled, voice: byVoice, ratings })[part]

/** What could not be sent, what must be said by telephone, and who rated badly. */
export function OutboxView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('admin')
  const { value, failure, refresh } = useAsked(outboxPageSchema, '/admin/outbox')
  const chosen = parts.find((part) => part === item) ?? 'dead'
  const numbers = value === null ? null : numbersOf(value)
  return (
    <>
      <div className={workCss.list}>
        <nav className={lineCss.panel} aria-label={t('outbox.list')}>
          {parts.map((part) => (
            <a
              key={part}
              className={lineCss.line}
              href={hrefTo('outbox', part)}
              aria-current={part === chosen ? 'true' : undefined}
            >
              <span className={lineCss.top}>
                <b>{t(`outbox.part.${part}`)}</b>
                <span>{numbers === null ? '' : t('outbox.number', { number: numbers[part] })}</span>
              </span>
            </a>
          ))}
        </nav>
      </div>
      {/* Where nothing in it takes the focus it is scrolled by the keys as a whole. */}
      <section className={workCss.chosen} aria-label={t(`outbox.part.${chosen}`)} tabIndex={0}>
        <div className={css.panel}>
          <PanelHead key={chosen} view="outbox" title={t(`outbox.part.${chosen}`)} />
          <p className={css.note}>{t(`outbox.note.${chosen}`)}</p>
          <ReadFailure failure={failure} />
          {value === null ? (
            failure === null && <p className={lineCss.empty}>{t('loading')}</p>
          ) : (
            <Listed page={value} part={chosen} onChanged={refresh} />
          )}
        </div>
      </section>
    </>
  )
}

type ListedProps = { readonly page: OutboxPage; readonly part: Part; readonly onChanged: () => void }

function Listed({ page, part, onChanged }: ListedProps) {
  const { t } = useTranslation('admin')
  const Panel = panels[part]
  const { length } = listOf(page, part)
  return (
    <>
      {length === 0 && <p className={lineCss.empty}>{t(`outbox.none.${part}`)}</p>}
      {length >= MOST_LISTED && <p className={css.note}>{t('outbox.oldest')}</p>}
      <Panel page={page} onChanged={onChanged} />
    </>
  )
}
