import type { EditorProps } from './editor-props.ts'
import { Button } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { readBody, type TableBodies, type TableName } from '../../../shared/tables/tables.ts'
import css from '../panel.module.css'
import { CalendarEditor } from './calendar-editor.tsx'
import { ClassesEditor } from './classes-editor.tsx'
import { saidFlaws } from '../script/said-flaws.ts'
import { SynonymsEditor } from '../synonyms/synonyms-editor.tsx'
import { ScriptEditor } from '../script/script-editor.tsx'
import { EmergencyWordsEditor, ForbiddenWordsEditor } from '../script/words-editors.tsx'
import { DeadlinesEditor } from './deadlines-editor.tsx'
import { DivisionsEditor } from './divisions-editor.tsx'
import type { TableDraft } from './table-draft.ts'
import { FormEditor } from './form-editor.tsx'
import { JsonEditor } from './json-editor.tsx'
import { isJson } from './read-json.ts'

type Props = {
  readonly name: TableName
  readonly draft: TableDraft
  readonly onChange: (change: Partial<TableDraft>) => void
}

/** By rows, where the table has an editor of its own; as JSON whatever it is. */
export function TableEditor({ name, draft, onChange }: Props) {
  const { t } = useTranslation('admin')
  const Rows = editors[name]
  const flaws = useMemo(() => [...draft.flaws, ...saidFlaws(name, draft.body)], [name, draft])
  const text = draft.text ?? (Rows === undefined ? JSON.stringify(draft.body, null, 2) : null)
  if (text === null && Rows !== undefined)
    return (
      <>
        <Rows body={draft.body} flaws={flaws} onChange={(body) => onChange({ body })} />
        <div className={css.row}>
          <Button onClick={() => onChange({ text: JSON.stringify(draft.body, null, 2) })}>{t('tables.asJson')}</Button>
        </div>
      </>
    )
  const shown = text ?? ''
  const readable = isJson(shown) && readBody(name, draft.body) !== null
  return (
    <>
      <JsonEditor name={name} draft={draft} text={shown} onChange={onChange} />
      {Rows !== undefined && (
        <div className={css.row}>
          <Button disabled={!readable} onClick={() => onChange({ text: null })}>
            {t('tables.asRows')}
          </Button>
          {!readable && <span className={css.note}>{t('tables.notReadable')}</span>}
        </div>
      )}
    </>
  )
}

type AnyEditor = (props: {
  readonly body: unknown
  readonly flaws: readonly Flaw[]
  readonly onChange: (body: unknown) => void
}) => ReactNode

/**
 * A draft that is edited by rows has the shape of its table at every moment, if not all that its schema asks: a name may
 * be empty while it is typed. It came from central, or from JSON that was readable.
 */
function byRows<N extends TableName>(Editor: (props: EditorProps<N>) => ReactNode): AnyEditor {
  return ({ body, flaws, onChange }) => <Editor body={body as TableBodies[N]} flaws={flaws} onChange={onChange} />
}

/** Those that have one; a table that is new is edited as JSON until it has. */
const editors: { readonly [N in TableName]?: AnyEditor } = {
  classes: byRows<'classes'>(ClassesEditor),
  deadlines: byRows<'deadlines'>(DeadlinesEditor),
  calendar: byRows<'calendar'>(CalendarEditor),
  divisions: byRows<'divisions'>(DivisionsEditor),
  form: byRows<'form'>(FormEditor),
  script: byRows<'script'>(ScriptEditor),
  forbiddenWords: byRows<'forbiddenWords'>(ForbiddenWordsEditor),
  emergencyWords: byRows<'emergencyWords'>(EmergencyWordsEditor),
  synonyms: byRows<'synonyms'>(SynonymsEditor),
}
