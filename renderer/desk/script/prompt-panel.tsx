import { useTranslation } from 'react-i18next'
import { emergencyNumbers } from '../../../shared/call/dial-plan.ts'
import { isAnswered } from '../../../shared/call/call-machine.ts'
import { promptOf } from './speaking.ts'
import type { EmergencyWord } from '../../../shared/script/emergency-words.ts'
import type { Prompt } from '../../../shared/script/prompt.ts'
import { tongues, type Tongue } from '../../../shared/script/script.ts'
import panel from '../../ui/panel.module.css'
import { useNow } from '../../ui/use-now.ts'
import { perform } from '../actions.ts'
import { keyShown } from '../keys/key-map.ts'
import { speakIn, useActivity } from '../stores/activity-store.ts'
import { useCall } from '../stores/call-store.ts'
import { useDraft } from '../stores/draft-store.ts'
import { useScriptRules } from '../stores/tables-store.ts'
import css from './prompt-panel.module.css'

/** So many characters go into two lines of the largest words. */
const LONG = 38

/** What to say now: the largest words on the desk. */
export function PromptPanel() {
  const { t, i18n } = useTranslation()
  const activity = useActivity()
  const snapshot = useCall((state) => state.snapshot)
  const open = useDraft((draft) => draft.open)
  const { script } = useScriptRules()
  const talking = isAnswered(snapshot?.call ?? null)
  const now = useNow(talking)
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const { moment, sentence, say, next, hints, steps, closingDue } = promptOf(
    { snapshot, activity, open, script },
    language,
    now,
  )
  const warnings = snapshot?.call?.care.warnings.length ?? 0
  const warned = moment.startsWith('abuse')
  const { danger } = activity
  const dangerHint = ({ word, service }: EmergencyWord) =>
    t('script.danger', { word, service, key: keyShown('emergency'), digit: emergencyNumbers.indexOf(service) + 1 })
  return (
    <section className={css.panel} aria-label={t('script.column')}>
      <h2 className={panel.head}>
        <span>{t('script.column')}</span>
        {talking && <Tongues spoken={activity.tongue ?? language} />}
        <button
          type="button"
          className={css.said}
          disabled={sentence === null}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => perform('said')}
        >
          {t('script.said')} <kbd aria-hidden>{keyShown('said')}</kbd>
        </button>
      </h2>
      {warned ? (
        <p className={css.warning}>{t('care.withdraw', { n: warnings, key: keyShown('withdrawWarning') })}</p>
      ) : (
        <Steps steps={steps} closingDue={closingDue && talking} />
      )}
      <div
        className={css.say}
        aria-live="polite"
        data-testid="prompt"
        data-moment={moment}
        data-warning={warned || undefined}
        data-long={say.length > LONG || undefined}
        data-note={sentence === null || undefined}
      >
        <p className={css.now} lang={sentence === null ? language : (activity.tongue ?? language)}>
          {say}
        </p>
        <p className={css.next}>
          {moment === 'abuseEnd'
            ? t('care.hangUpNow', { key: keyShown('hangUp') })
            : next !== '' && t('script.next', { words: next })}
        </p>
        <p className={css.hint}>
          {moment === 'emergency' && danger ? danger.words.map(dangerHint).join(' · ') : hints[0]}
        </p>
      </div>
    </section>
  )
}

/** In which of the tongues the citizen is spoken to. */
function Tongues({ spoken }: { readonly spoken: Tongue }) {
  const { t } = useTranslation()
  return (
    <span className={css.tongues} role="group" aria-label={`${t('script.tongue')} ${keyShown('tongue')}`}>
      {tongues.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === spoken}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => speakIn(one)}
        >
          {t(`script.tongues.${one}`)}
        </button>
      ))}
      <kbd aria-hidden>{keyShown('tongue')}</kbd>
    </span>
  )
}

function Steps({ steps, closingDue }: Pick<Prompt, 'steps' | 'closingDue'>) {
  const { t } = useTranslation()
  return (
    <ol className={css.steps} aria-label={t('script.steps')}>
      {steps.map(({ id, name, state }) => (
        <li
          key={id}
          data-state={state}
          data-due={(id === 'closing' && closingDue) || undefined}
          aria-current={state === 'now' ? 'step' : undefined}
          title={id === 'closing' && closingDue ? t('script.closingDue') : undefined}
        >
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
