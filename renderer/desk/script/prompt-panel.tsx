import { useTranslation } from 'react-i18next'
import { promptFor, type Conversation } from '../../../shared/script/prompt.ts'
import panel from '../../ui/panel.module.css'
import { useNow } from '../../ui/use-now.ts'
import { perform } from '../actions.ts'
import { keyMap, keyShown } from '../keys/key-map.ts'
import { useActivity } from '../stores/activity-store.ts'
import { deskState, useCall } from '../stores/call-store.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import css from './prompt-panel.module.css'

const saidWhere = keyMap.find(({ id }) => id === 'said')?.where ?? []

/** What to say now: the largest words on the desk. */
export function PromptPanel() {
  const { t, i18n } = useTranslation()
  const { lastAct, searchSince, advance } = useActivity()
  const snapshot = useCall((state) => state.snapshot)
  const callerName = useDraft((draft) => formOf(draft).callerName)
  const contentEmpty = useDraft((draft) => formOf(draft).content.trim() === '')
  const now = useNow(searchSince !== null)
  const conversation: Conversation = {
    phase: snapshot?.call?.phase ?? null,
    status: snapshot?.operator.status ?? 'offline',
    lastAct,
    contentEmpty,
    searchSince,
  }
  const { say, next, steps, hints, step } = promptFor(
    conversation,
    advance,
    callerName,
    now,
    i18n.language === 'en' ? 'en' : 'zh',
  )
  const talking = saidWhere.includes(deskState(snapshot))
  return (
    <section className={css.panel} aria-label={t('script.column')}>
      <h2 className={panel.head}>
        <span>{t('script.column')}</span>
        <button
          type="button"
          className={css.said}
          disabled={!talking}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => perform('said')}
        >
          {t('script.said')} <kbd aria-hidden>{keyShown('said')}</kbd>
        </button>
      </h2>
      <ol className={css.steps} aria-label={t('script.steps')}>
        {steps.map(({ id, name, state }) => (
          <li key={id} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            {state === 'done' && (
              <span className={css.tick} role="img" aria-label={t('script.done')}>
                ✓
              </span>
            )}
            {name}
          </li>
        ))}
      </ol>
      <div className={css.say} aria-live="polite" data-testid="prompt" data-step={step}>
        <p className={css.now}>{say}</p>
        <p className={css.next}>{t('script.next', { words: next })}</p>
        <p className={css.hint}>{hints[0]}</p>
      </div>
    </section>
  )
}
