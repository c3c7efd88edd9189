import { useTranslation } from 'react-i18next'
import { wishedFields } from '../../../shared/case/case-form.ts'
import { perform } from '../actions.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { keyMap, keyShown } from '../keys/key-map.ts'
import { currentCall, deskState, useCall } from '../stores/call-store.ts'
import { formOf, useDraft } from '../stores/draft-store.ts'
import { isClean } from '../stores/open-draft.ts'
import { usePasteNote } from '../stores/paste-note.ts'
import { useSync } from '../stores/sync-store.ts'
import { useFieldLabel, useFindings } from './use-findings.ts'
import css from './form-foot.module.css'

/** So many missing fields are named in the line, which is read at a glance. */
const MOST_NAMED = 5

const newCaseWhere = keyMap.find(({ id }) => id === 'newCase')?.where ?? []

/** What is still missing, and the way to save; errors are told here, beside the key. */
export function FormFoot() {
  const { t } = useTranslation()
  const saving = useDraft((draft) => draft.saving)
  const clean = useDraft((draft) => isClean(draft.open))
  const inCall = useCall(({ snapshot }) => currentCall(snapshot) !== null)
  const canStart = useCall(({ snapshot }) => newCaseWhere.includes(deskState(snapshot)))
  return (
    <div className={css.foot}>
      <Completeness />
      <span className={css.space} />
      <KeyButton id="newCase" disabled={!canStart} onPress={() => perform('newCase')}>
        {t(inCall ? 'form.anotherCase' : 'form.newCase')}
      </KeyButton>
      <KeyButton id="save" tone="go" disabled={saving || clean} onPress={() => perform('save')}>
        {t('form.save')}
      </KeyButton>
    </div>
  )
}

function Completeness() {
  const { t } = useTranslation()
  const form = useDraft(formOf)
  const failure = useDraft((draft) => draft.failure)
  const marking = useDraft((draft) => draft.marking)
  const saving = useDraft((draft) => draft.saving)
  const savedNo = useDraft(({ open }) => (isClean(open) ? (open?.caseNo ?? null) : null))
  const pasted = usePasteNote(({ note }) => note)
  const { findings, score } = useFindings()
  const label = useFieldLabel()
  const missing = findings.filter(({ severity }) => severity === 'missing').map(({ field }) => field)
  const list = (fields: readonly string[]) => {
    const first = fields.slice(0, MOST_NAMED).map(label).join(t('form.separator'))
    return fields.length > MOST_NAMED ? t('form.andMore', { fields: first, n: fields.length }) : first
  }
  const wished = wishedFields(form)
  const complete = t('form.complete', { score })
  const lacks =
    missing.length > 0
      ? t('form.missing', { fields: list(missing) })
      : wished.length > 0
        ? t('form.wished', { fields: list(wished) })
        : t('form.allThere')
  const idle = useDraft(({ open }) => open === null)
  const storeUp = useSync(({ services }) => services.store.state === 'up')
  const words = idle
    ? ''
    : saving
      ? t('form.saving')
      : savedNo !== null
        ? t('form.savedNo', { caseNo: savedNo })
        : lacks
  return (
    <>
      <span className={css.score}>
        <progress className={css.bar} value={idle ? 0 : score} max={100} aria-label={complete} />
        {!idle && <small data-testid="score">{complete}</small>}
      </span>
      {failure === null && pasted !== null ? (
        <span className={css.words} role="alert" data-tone="bad" data-testid="long-paste">
          {'answer' in pasted ? t('form.longAnswer', pasted) : t('form.longPaste', pasted)}
        </span>
      ) : failure ? (
        <span className={css.words} role="alert" data-tone="bad">
          {storeUp && failure.code === 'storeDown'
            ? t('form.saveAgain', { key: keyShown('save') })
            : `${t('form.saveFailed')}：${t(`error.${failure.code}`)}`}
        </span>
      ) : (
        <span
          className={css.words}
          role="status"
          data-testid="missing"
          data-tone={savedNo !== null ? 'ok' : marking && missing.length > 0 ? 'bad' : undefined}
          title={words}
        >
          {words}
        </span>
      )}
    </>
  )
}
