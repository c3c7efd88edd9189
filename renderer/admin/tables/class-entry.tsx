import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberUnit } from '../../../shared/case/case-line.ts'
import type { ClassTree } from '../../../shared/case/classes.ts'
import { loadInitials, type InitialsOf } from '../../../shared/kb/initials.ts'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { CheckField } from '../../page/check-field.tsx'
import { FlawsAt, flawsWithin } from './flaw-words.tsx'
import tableCss from './tables.module.css'
import { WordsField } from './words-field.tsx'

export type Entry = ClassTree[number]['children'][number]
type Props = {
  readonly entry: Entry
  readonly units: readonly MemberUnit[]
  readonly flaws: readonly Flaw[]
  readonly path: Flaw['path']
  readonly onChange: (entry: Entry) => void
}

/** A class in one line; pressed, its fields below it. One that is new or wrong is open. */
export function ClassEntry({ entry, units, flaws, path, onChange }: Props) {
  const { t } = useTranslation('admin')
  const [open, setOpen] = useState(entry.name === '')
  const { code, name, unit, retired } = entry
  const shown = open || flawsWithin(flaws, path).length > 0
  const unitName = units.find(({ id }) => id === unit)?.name ?? unit
  return (
    <>
      <button type="button" className={tableCss.entry} aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <b>
          {code} {name}
        </b>
        <span>{unitName}</span>
        {retired && <span>{t('tables.classes.retiredSign')}</span>}
      </button>
      {shown && <Fields entry={entry} units={units} onChange={onChange} />}
      <FlawsAt flaws={flaws} path={path} />
    </>
  )
}

/** The dictionary of readings, once it is there. */
function useInitials(): InitialsOf | null {
  const [initialsOf, setInitialsOf] = useState<InitialsOf | null>(null)
  useEffect(() => {
    let wanted = true
    void loadInitials().then((loaded) => wanted && setInitialsOf(() => loaded))
    return () => void (wanted = false)
  }, [])
  return initialsOf
}

type FieldsProps = Pick<Props, 'entry' | 'units' | 'onChange'>

function Fields({ entry, units, onChange }: FieldsProps) {
  const { t } = useTranslation('admin')
  const { code, name, initials, unit, keywords, required, retired } = entry
  const known = units.some(({ id }) => id === unit)
  const initialsOf = useInitials()
  // The letters that it is found by follow its name; a reading that is another here is put right by hand.
  const rename = (text: string) =>
    onChange({ ...entry, name: text, ...(initialsOf === null ? {} : { initials: initialsOf(text) }) })
  return (
    <div className={tableCss.card}>
      <div className={css.fields}>
        <TextField
          label={t('tables.classes.code')}
          value={code}
          maxLength={4}
          onChange={(text) => onChange({ ...entry, code: text })}
        />
        <TextField label={t('tables.classes.name')} value={name} maxLength={40} onChange={rename} />
        <TextField
          label={t('tables.classes.initials')}
          value={initials}
          maxLength={40}
          onChange={(text) => onChange({ ...entry, initials: text })}
        />
        <SelectField
          label={t('tables.classes.unit')}
          value={unit}
          choices={[
            ...(known ? [] : [{ value: unit, words: unit === '' ? t('people.chooseUnit') : unit }]),
            ...units.map((one) => ({ value: one.id, words: one.name })),
          ]}
          onChange={(id) => onChange({ ...entry, unit: id })}
        />
      </div>
      <WordsField
        label={t('tables.classes.keywords')}
        words={keywords}
        onChange={(words) => onChange({ ...entry, keywords: words })}
      />
      <div className={css.row}>
        <CheckField
          label={t('tables.classes.address')}
          checked={required.includes('address')}
          onChange={(on) => onChange({ ...entry, required: on ? ['address'] : [] })}
        />
        <CheckField
          label={t('tables.classes.retired')}
          checked={retired}
          onChange={(on) => onChange({ ...entry, retired: on })}
        />
      </div>
    </div>
  )
}
