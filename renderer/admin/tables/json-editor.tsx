import { Textarea } from '@mantine/core'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import type { TableName } from '../../../shared/tables/tables.ts'
import css from '../panel.module.css'
import type { TableDraft } from './table-draft.ts'
import { useFlawWords } from './flaw-words.tsx'
import { printJson, readJson } from './read-json.ts'
import tableCss from './tables.module.css'

type Props = {
  readonly name: TableName
  readonly draft: TableDraft
  /** As it is shown. */
  readonly text: string
  readonly onChange: (change: Partial<TableDraft>) => void
}

/** The body as text. What cannot be read is no change yet; what central found wrong is told by its line, which a press goes to. */
export function JsonEditor({ name, draft, text, onChange }: Props) {
  const { t } = useTranslation('admin')
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const read = readJson(text)
  const write = (typed: string) => {
    const now = readJson(typed)
    onChange({ text: typed, ...('value' in now ? { body: now.value } : {}) })
  }
  const goTo = (line: number) => {
    const box = field.current
    if (box === null) return
    const from =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0)
    const end = text.indexOf('\n', from)
    box.focus()
    box.setSelectionRange(from, end === -1 ? text.length : end)
  }
  return (
    <div className={css.field}>
      <label htmlFor={id}>{t('tables.jsonLabel', { name: t(`tables.names.${name}`) })}</label>
      <Textarea
        id={id}
        ref={field}
        classNames={{ input: tableCss.json }}
        value={text}
        rows={24}
        spellCheck={false}
        error={'line' in read}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {'line' in read && (
        <p className={tableCss.flaw} role="status">
          {t('tables.jsonBroken', { line: read.line })}
        </p>
      )}
      <FlawLines draft={draft} text={text} goTo={goTo} />
    </div>
  )
}

/** The line of a flaw in what is shown: where the text was not laid out as we do, none. */
function lineOf(body: unknown, text: string, { path }: Flaw): number | null {
  const printed = printJson(body)
  if (printed.text !== text) return null
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const line = printed.lines.get(JSON.stringify(path.slice(0, depth)))
    if (line !== undefined) return line
  }
  return null
}

type LinesProps = Pick<Props, 'draft' | 'text'> & { readonly goTo: (line: number) => void }

function FlawLines({ draft, text, goTo }: LinesProps) {
  const { t } = useTranslation('admin')
  const words = useFlawWords()
  return draft.flaws.map((flaw) => {
    const line = lineOf(draft.body, text, flaw)
    const key = `${flaw.path.join('/')} ${flaw.code}`
    if (line === null) return null
    return (
      <button key={key} type="button" className={tableCss.goTo} onClick={() => goTo(line)}>
        {t('tables.line', { line })}：{words(flaw.code)}
      </button>
    )
  })
}
