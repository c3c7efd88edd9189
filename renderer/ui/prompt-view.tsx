import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Prompt } from '../../shared/script/prompt.ts'
import { tongues, type Tongue } from '../../shared/script/script.ts'
import panel from './panel.module.css'
import css from './prompt-view.module.css'

/** So many characters go into two lines of the largest words. */
const LONG = 38

type Props = {
  readonly prompt: Prompt
  /** In which the citizen is spoken to. */
  readonly spoken: Tongue
  /** The language of the page, for what is not spoken. */
  readonly language: 'zh' | 'en'
  /** Whether there is somebody to speak to. */
  readonly talking: boolean
  /** In the place of the steps, each in one piece: the warning that is given, or whom to bring in; none for the steps. */
  readonly instead: readonly string[]
  /** In the place of the next sentence, and of the hint; null for those of the prompt. */
  readonly next: string | null
  readonly hint: ReactNode
  /** How the keys are shown. */
  readonly keys: { readonly said: string; readonly tongue: string }
  readonly onSaid: () => void
  readonly onSpeakIn: (tongue: Tongue) => void
}

/** What to say now, as the desk shows it: one sentence large, the next one small, never more (CS9). */
export function PromptView(props: Props) {
  const { t } = useTranslation()
  const { prompt, spoken, language, talking, instead, keys } = props
  const { moment, sentence, say, next, hints, steps, closingDue } = prompt
  return (
    <section className={css.panel} aria-label={t('script.column')}>
      <h2 className={panel.head}>
        <span>{t('script.column')}</span>
        {talking && <Tongues spoken={spoken} shown={keys.tongue} onSpeakIn={props.onSpeakIn} />}
        <button
          type="button"
          className={css.said}
          disabled={sentence === null}
          onMouseDown={(event) => event.preventDefault()}
          onClick={props.onSaid}
        >
          {t('script.said')} <kbd aria-hidden>{keys.said}</kbd>
        </button>
      </h2>
      <div className={css.words}>
        {instead.length === 0 ? (
          <Steps steps={steps} closingDue={closingDue && talking} />
        ) : (
          <p className={css.instead} role="status">
            {instead.map((piece) => (
              <span key={piece}>{piece}</span>
            ))}
          </p>
        )}
        <div
          className={css.say}
          aria-live="polite"
          data-testid="prompt"
          data-moment={moment}
          data-long={say.length > LONG || undefined}
          data-note={sentence === null || undefined}
        >
          <p className={css.now} lang={sentence === null ? language : spoken}>
            {say}
          </p>
          <p className={css.next}>{props.next ?? (next !== '' && t('script.next', { words: next }))}</p>
          <p className={css.hint}>{props.hint ?? hints[0]}</p>
        </div>
      </div>
    </section>
  )
}

type TonguesProps = { readonly spoken: Tongue; readonly shown: string; readonly onSpeakIn: (tongue: Tongue) => void }

/** In which of the tongues the citizen is spoken to. */
function Tongues({ spoken, shown, onSpeakIn }: TonguesProps) {
  const { t } = useTranslation()
  return (
    <span className={css.tongues} role="group" aria-label={`${t('script.tongue')} ${shown}`}>
      {tongues.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === spoken}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onSpeakIn(one)}
        >
          {t(`script.tongues.${one}`)}
        </button>
      ))}
      <kbd aria-hidden>{shown}</kbd>
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
