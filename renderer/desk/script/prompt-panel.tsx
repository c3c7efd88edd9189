import { useTranslation } from 'react-i18next'
import { isUp } from '../../../shared/call/call-machine.ts'
import { promptFor, warningToSay, type Conversation, type Prompt } from '../../../shared/script/prompt.ts'
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
  const { lastAct, searchSince, advance, warningsSaid } = useActivity()
  const snapshot = useCall((state) => state.snapshot)
  const call = snapshot?.call ?? null
  const warnings = isUp(call) ? call.care.warnings.length : 0
  const callerName = useDraft((draft) => formOf(draft).callerName)
  const contentEmpty = useDraft((draft) => formOf(draft).content.trim() === '')
  const now = useNow(searchSince !== null)
  const conversation: Conversation = {
    phase: call?.phase ?? null,
    status: snapshot?.operator.status ?? 'offline',
    lastAct,
    contentEmpty,
    searchSince,
    warning: warningToSay(warnings, warningsSaid),
  }
  const { say, next, steps, hints, step, warning } = promptFor(
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
      {warning === null ? (
        <Steps steps={steps} />
      ) : (
        <p className={css.warning}>{t('care.withdraw', { n: warnings, key: keyShown('withdrawWarning') })}</p>
      )}
      <div
        className={css.say}
        aria-live="polite"
        data-testid="prompt"
        data-step={step}
        data-warning={warning ?? undefined}
      >
        <p className={css.now}>{say}</p>
        <p className={css.next}>
          {warning === 'end' ? t('care.hangUpNow', { key: keyShown('hangUp') }) : t('script.next', { words: next })}
        </p>
        <p className={css.hint}>{hints[0]}</p>
      </div>
    </section>
  )
}

function Steps({ steps }: Pick<Prompt, 'steps'>) {
  const { t } = useTranslation()
  return (
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
  )
}
