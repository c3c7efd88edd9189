import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { readBody, type TableBodies, type TableName } from '../../../shared/tables/tables.ts'
import css from '../panel.module.css'
import { CalendarEditor } from './calendar-editor.tsx'
import { ClassesEditor } from './classes-editor.tsx'
import { DeadlinesEditor } from './deadlines-editor.tsx'
import { DivisionsEditor } from './divisions-editor.tsx'
import type { TableDraft } from './draft-store.ts'
import { FormEditor } from './form-editor.tsx'
import { JsonEditor } from './json-editor.tsx'

export type EditorProps<N extends TableName> = {
  readonly body: TableBodies[N]
  readonly flaws: readonly Flaw[]
  readonly onChange: (body: TableBodies[N]) => void
}

type Props = {
  readonly name: TableName
  readonly draft: TableDraft
  readonly onChange: (change: Partial<TableDraft>) => void
}

/** By rows, where the table is edited by hand; as JSON whatever it is. */
export function TableEditor({ name, draft, onChange }: Props) {
  const { t } = useTranslation('admin')
  const readable = readBody(name, draft.body) !== null
  if (draft.text !== null)
    return (
      <>
        <JsonEditor name={name} draft={draft} onChange={onChange} />
        <div className={css.row}>
          <Button disabled={!readable} onClick={() => onChange({ text: null })}>
            {t('tables.asRows')}
          </Button>
          {!readable && <span className={css.note}>{t('tables.notReadable')}</span>}
        </div>
      </>
    )
  return (
    <>
      <Rows name={name} draft={draft} onChange={(body) => onChange({ body })} />
      <div className={css.row}>
        <Button onClick={() => onChange({ text: JSON.stringify(draft.body, null, 2) })}>{t('tables.asJson')}</Button>
      </div>
    </>
  )
}

/**
 * A draft that is edited by rows has the shape of its table at every moment, if not all that its schema asks: a name may
 * be empty while it is typed. It came from central, or from JSON that was readable.
 */
function Rows({
  name,
  draft: { body, flaws },
  onChange,
}: Omit<Props, 'onChange'> & { onChange: (body: unknown) => void }) {
  const editors: { readonly [N in TableName]: () => ReactNode } = {
    classes: () => <ClassesEditor body={body as TableBodies['classes']} flaws={flaws} onChange={onChange} />,
    deadlines: () => <DeadlinesEditor body={body as TableBodies['deadlines']} flaws={flaws} onChange={onChange} />,
    calendar: () => <CalendarEditor body={body as TableBodies['calendar']} flaws={flaws} onChange={onChange} />,
    divisions: () => <DivisionsEditor body={body as TableBodies['divisions']} flaws={flaws} onChange={onChange} />,
    form: () => <FormEditor body={body as TableBodies['form']} flaws={flaws} onChange={onChange} />,
  }
  return editors[name]()
}
