import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CasePage } from '../../../shared/case/case-page.ts'
import { fieldsOf, type StepWords } from '../../../shared/case/step-words.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { keyShown } from '../keys/key-map.ts'
import { useSession } from '../stores/session-store.ts'
import css from './case-page.module.css'
import { openSteps } from './open-steps.ts'
import { StepFieldInput } from './step-fields.tsx'
import { StepOutcome } from './step-outcome.tsx'
import { beginStep, dropStep, focusStep, sendShownStep, useStep } from './step-store.ts'

type Props = {
  readonly page: CasePage
  /** Central is away: nothing can be taken now, but what is written is kept. */
  readonly away: boolean
  readonly suggested: Partial<StepWords>
}

/** The steps that are hers to take, by digits, and the small form of the one she takes. */
export function StepPanel({ page, away, suggested }: Props) {
  const { t } = useTranslation()
  const role = useSession(({ session }) => session?.operator.role)
  const staffNo = useSession(({ session }) => session?.operator.staffNo ?? '')
  const { words, sent, sending } = useStep()
  const { steps, ownCall } = openSteps(page.record, role, staffNo)
  return (
    <aside className={css.steps} aria-label={t('work.page.steps')}>
      <h3 className={css.title}>{t('work.page.steps')}</h3>
      {steps.length === 0 && <p className={css.quiet}>{t(ownCall ? 'work.page.ownCall' : 'work.page.noSteps')}</p>}
      <div className={css.choices}>
        {steps.map((type, index) => (
          <Button
            key={type}
            size="xs"
            justify="space-between"
            data-chosen={words?.type === type || undefined}
            aria-pressed={words?.type === type}
            disabled={sent || sending}
            rightSection={<kbd aria-hidden>{index + 1}</kbd>}
            onClick={() => beginStep(type, suggested)}
          >
            {t(`work.step.${type}`)}
          </Button>
        ))}
      </div>
      {steps.length > 0 && ownCall && <p className={css.quiet}>{t('work.page.ownCall')}</p>}
      {words !== null && <StepForm key={words.type} words={words} page={page} suggested={suggested} />}
      <StepOutcome away={away} />
    </aside>
  )
}

function StepForm({ words, page, suggested }: { readonly words: StepWords } & Pick<Props, 'page' | 'suggested'>) {
  const { t } = useTranslation()
  const { sent, sending, missing, sign } = useStep()
  const [sure, setSure] = useState(false)
  // Who is visited is asked where several called.
  const fields = fieldsOf(words).filter((field) => field !== 'caller' || page.calls.length > 1)
  const stepName = t(`work.step.${words.type}`)
  return (
    <form
      className={css.form}
      aria-label={stepName}
      data-testid="step-form"
      ref={(form) => {
        // The cursor is led in when the form appears, unless it is in there already.
        if (form && form.dataset.led !== 'true') {
          form.dataset.led = 'true'
          focusStep(fields[0])
        }
      }}
      onSubmit={(event) => event.preventDefault()}
    >
      {fields.map((field) => (
        <StepFieldInput
          key={field}
          field={field}
          words={words}
          locked={sent || sending}
          invalid={missing === field}
          asked={page.record.life.asked}
          suggested={suggested.unit ?? null}
          page={page}
        />
      ))}
      <div className={css.acts}>
        <KeyButton id="save" tone="go" disabled={sending} onPress={() => void sendShownStep()}>
          <span id="step-submit" tabIndex={-1}>
            {sent ? t('work.form.again') : t('work.form.submit', { step: stepName })}
          </span>
        </KeyButton>
        <Button
          variant="default"
          disabled={sending}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? void dropStep() : setSure(true))}
        >
          {t(sure ? 'work.form.dropSure' : 'work.form.drop')}
        </Button>
      </div>
      <small className={css.quiet} role="status" data-testid="step-kept">
        {missing !== null
          ? t('work.form.missing', { field: t(`work.form.${missing}`) })
          : sending
            ? t('work.form.sending')
            : sign === null
              ? keyShown('save')
              : t(
                  sign.state === 'saved'
                    ? 'work.form.kept'
                    : sign.state === 'saving'
                      ? 'work.form.keeping'
                      : 'work.form.stalled',
                )}
      </small>
    </form>
  )
}
