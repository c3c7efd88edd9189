import { Button, Input } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { memberUnitSchema, type MemberUnit } from '../../../shared/case/case-line.ts'
import type { ClassTree } from '../../../shared/case/classes.ts'
import { TextField } from '../field.tsx'
import css from '../panel.module.css'
import { Rows } from '../../page/rows.tsx'
import { useAsked } from '../../page/use-asked.ts'
import { ClassEntry, type Entry } from './class-entry.tsx'
import { flawsWithin, FlawsAt } from './flaw-words.tsx'
import { replaced } from '../../page/list-changes.ts'
import type { EditorProps } from './editor-props.ts'
import tableCss from './tables.module.css'

type Group = ClassTree[number]
const unitsSchema = z.object({ units: z.array(memberUnitSchema) })

const answers = (text: string, typed: string) => text.toLowerCase().includes(typed.trim().toLowerCase())
const isFound = ({ code, name, keywords }: Entry, typed: string) =>
  code.startsWith(typed.trim()) || [name, ...keywords].some((word) => answers(word, typed))

/** The entries that answer, by their places; null for all. They stay, whatever becomes of their names meanwhile. */
type Found = ReadonlySet<string> | null
const placeOf = (group: number, entry: number) => `${group}/${entry}`
function find(tree: ClassTree, typed: string): Found {
  if (typed.trim() === '') return null
  const places = tree.flatMap(({ children }, group) =>
    children.flatMap((entry, index) => (isFound(entry, typed) ? [placeOf(group, index)] : [])),
  )
  return new Set(places)
}

/** The code after the last one of a list, of so many digits. */
function nextCode(codes: readonly string[], digits: number, first: string): string {
  const last = Math.max(Number(first) - 1, ...codes.map(Number).filter(Number.isFinite))
  return String(last + 1).padStart(digits, '0')
}

/** The tree of classes: searched, an entry opened in its place. */
export function ClassesEditor({ body, flaws, onChange }: EditorProps<'classes'>) {
  const { t } = useTranslation('admin')
  const units = useAsked(unitsSchema, '/units').value?.units ?? []
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<Found>(null)
  const search = (text: string) => {
    setTyped(text)
    setFound(find(body, text))
  }
  const addGroup = () => {
    const codes = body.map(({ code }) => code)
    onChange([...body, { code: nextCode(codes, 2, '01'), name: '', initials: '', children: [] }])
  }
  return (
    <>
      <Input
        type="search"
        aria-label={t('tables.classes.search')}
        placeholder={t('tables.classes.searchHint')}
        value={typed}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {found?.size === 0 && <p className={css.note}>{t('tables.classes.none')}</p>}
      <Rows of={body}>
        {(group, index) => (
          <GroupRows
            group={group}
            place={index}
            flaws={flaws}
            units={units}
            found={found}
            onChange={(next) => onChange(replaced(body, index, next))}
          />
        )}
      </Rows>
      {found === null && (
        <div className={css.row}>
          <Button onClick={addGroup}>{t('tables.classes.addGroup')}</Button>
        </div>
      )}
    </>
  )
}

type GroupProps = {
  readonly group: Group
  readonly place: number
  readonly flaws: EditorProps<'classes'>['flaws']
  readonly units: readonly MemberUnit[]
  readonly found: Found
  readonly onChange: (group: Group) => void
}

function GroupRows({ group, place, flaws, units, found, onChange }: GroupProps) {
  const { t } = useTranslation('admin')
  const { code, name, initials, children } = group
  const isShown = (index: number) => found === null || found.has(placeOf(place, index))
  if (!children.some((_, index) => isShown(index)) && found !== null) return null
  const path = [place]
  const ownFlaws = flawsWithin(flaws, path).filter((flaw) => flaw.path[1] !== 'children')
  const add = () => {
    const next = nextCode(
      children.map((one) => one.code),
      4,
      `${code}01`,
    )
    const entry: Entry = { code: next, name: '', initials: '', unit: '', keywords: [], required: [], retired: false }
    onChange({ ...group, children: [...children, entry] })
  }
  return (
    <section className={tableCss.group} aria-label={`${code} ${name}`}>
      <details className={tableCss.groupHead}>
        <summary>
          {code} {name}
        </summary>
        <div className={css.fields}>
          <TextField
            label={t('tables.classes.group')}
            value={name}
            maxLength={40}
            onChange={(text) => onChange({ ...group, name: text })}
          />
          <TextField
            label={t('tables.classes.initials')}
            value={initials}
            maxLength={40}
            onChange={(text) => onChange({ ...group, initials: text })}
          />
        </div>
      </details>
      <FlawsAt flaws={ownFlaws} path={path} />
      <ul className={tableCss.entries}>
        <Rows of={children}>
          {(entry, index) =>
            isShown(index) && (
              <li>
                <ClassEntry
                  entry={entry}
                  units={units}
                  flaws={flaws}
                  path={[...path, 'children', index]}
                  onChange={(next) => onChange({ ...group, children: replaced(children, index, next) })}
                />
              </li>
            )
          }
        </Rows>
      </ul>
      {found === null && <Button onClick={add}>{t('tables.classes.add', { group: name })}</Button>}
    </section>
  )
}
