import { useTranslation } from 'react-i18next'
import { replyModes } from '../../../shared/case/case-record.ts'
import { caseKinds } from '../../../shared/case/case-kind.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { fieldId } from '../focus.ts'
import { CallerFields } from './caller-fields.tsx'
import { ClassSuggestions } from './class-suggestions.tsx'
import { ClassificationField } from './classification-field.tsx'
import { Particulars } from './particulars.tsx'
import { PlaceFields } from './place-fields.tsx'
import { ReplyPromise } from './promise.tsx'
import { ReplyField } from './reply-field.tsx'
import { TextField } from './text-field.tsx'
import { Doubt } from './doubt.tsx'
import { LateStrip } from '../late/late-strip.tsx'
import { useField } from './use-field.ts'
import fields from './fields.module.css'
import css from './case-form.module.css'
import promise from './promise.module.css'

/** The form, one row a question, in the order of a conversation. */
export function CaseForm() {
  const { t } = useTranslation()
  return (
    <div className={css.form}>
      <span className={css.label}>{t('form.kind')}</span>
      <KindField />
      <label htmlFor={fieldId('classification')}>{t('form.classification')}</label>
      <div className={fields.classes}>
        <ClassificationField />
        <ClassSuggestions />
      </div>
      <span className={css.label}>
        {t('form.place')}
        <Doubt of={['district', 'street', 'address']} />
      </span>
      <PlaceFields />
      <span className={css.label}>
        <label htmlFor={fieldId('callerName')}>{t('form.caller')}</label>
        <Doubt of={['callerPhone']} />
      </span>
      <CallerFields />
      <label htmlFor={fieldId('content')}>{t('form.content')}</label>
      <ContentField />
      <span className={css.label}>{t('form.replyMode')}</span>
      <div className={promise.row}>
        <ReplyModeField />
        <ReplyPromise />
      </div>
      <div className={css.last}>
        <label htmlFor={fieldId('reply')}>{t('form.reply')}</label>
        <ReplyField />
        <Particulars />
      </div>
    </div>
  )
}

function KindField() {
  const { t } = useTranslation()
  const { id, value, problem, change } = useField('kind')
  return (
    <Segmented
      id={id}
      label={t('form.kind')}
      values={caseKinds}
      value={value}
      words={(kind) => t(`form.kinds.${kind}`)}
      digits
      invalid={problem !== null}
      onChange={change}
    />
  )
}

function ReplyModeField() {
  const { t } = useTranslation()
  const { id, value, problem, change } = useField('replyMode')
  return (
    <Segmented
      id={id}
      label={t('form.replyMode')}
      values={replyModes}
      value={value}
      words={(mode) => t(`form.replyModes.${mode}`)}
      digits
      invalid={problem !== null}
      onChange={change}
    />
  )
}

function ContentField() {
  const { t } = useTranslation()
  const { id, value, problem, change } = useField('content')
  return (
    <div className={fields.tall}>
      <div className={fields.text}>
        <TextField
          id={id}
          name={t('form.content')}
          value={value}
          placeholder={t('form.contentHint')}
          problem={problem}
          onChange={change}
        />
      </div>
      <LateStrip place="content" />
    </div>
  )
}
