import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  unitDetailSchema,
  unitIdSchema,
  type AdminUnit,
  type UnitDetail,
  type UnitFields,
} from '../../../shared/admin/units-page.ts'
import { ask, done } from '../../page/api.ts'
import { AskedPanel, PanelHead } from '../asked-panel.tsx'
import { TextField } from '../field.tsx'
import type { Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SubmitForm } from '../submit-form.tsx'
import { goTo } from '../route.ts'
import { useAsked } from '../../page/use-asked.ts'
import { UnitActs, UnitPeople } from './unit-life.tsx'
import { UnitForm } from './unit-form.tsx'

const empty: UnitFields = { name: '', numbers: [{ number: '', words: '' }], hours: '', district: null }
const pathOf = (id: string) => `/admin/units/${encodeURIComponent(id)}`
const fieldsOf = ({ name, numbers, hours, district }: AdminUnit): UnitFields => ({ name, numbers, hours, district })

/** Adds a unit under an id that never changes. */
export function NewUnitPanel({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useTranslation('admin')
  const [id, setId] = useState('')
  const [fields, setFields] = useState(empty)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const ready = unitIdSchema.safeParse(id.trim()).success && fields.name.trim() !== ''
  const send = async () => {
    const unit = id.trim()
    const answer = await ask(done, '/admin/units', { method: 'POST', json: { id: unit, ...fields } })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    onChanged()
    goTo('units', unit)
  }
  return (
    <SubmitForm words={t('units.add')} ready={ready} onSend={send} outcome={outcome} look="panel">
      <PanelHead view="units" title={t('units.add')} />
      <div className={css.fields}>
        <TextField required label={t('units.id')} value={id} maxLength={40} onChange={setId} />
      </div>
      <p className={css.note}>{t('units.idNote')}</p>
      <UnitForm fields={fields} onChange={setFields} />
    </SubmitForm>
  )
}

/** One unit: how it is reached, who works there, what lies with it. */
export function UnitPanel({ id, onChanged }: { readonly id: string; readonly onChanged: () => void }) {
  const asked = useAsked(unitDetailSchema, pathOf(id))
  const changed = () => {
    asked.refresh()
    onChanged()
  }
  return <AskedPanel asked={asked}>{(detail) => <Chosen detail={detail} onChanged={changed} />}</AskedPanel>
}

type ChosenProps = { readonly detail: UnitDetail; readonly onChanged: () => void }

function Chosen({ detail, onChanged }: ChosenProps) {
  const { unit } = detail
  const act = async (which: 'retire' | 'restore') => {
    const answer = await ask(done, `${pathOf(unit.id)}/${which}`, { method: 'POST', json: {} })
    // Also where it was refused: what stands in its way is read anew.
    onChanged()
    return answer
  }
  return (
    <div className={css.panel}>
      <PanelHead view="units" title={`${unit.name} · ${unit.id}`} />
      {!unit.retired && <Data unit={unit} onChanged={onChanged} />}
      <UnitPeople detail={detail} />
      <UnitActs detail={detail} act={act} />
    </div>
  )
}

function Data({ unit, onChanged }: { readonly unit: AdminUnit; readonly onChanged: () => void }) {
  const { t } = useTranslation('admin')
  const [begun, setBegun] = useState<{ readonly base: UnitFields; readonly fields: UnitFields } | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const stands = fieldsOf(unit)
  const fields = begun?.fields ?? stands
  const ready = begun !== null && fields.name.trim() !== '' && JSON.stringify(fields) !== JSON.stringify(stands)
  const onChange = (next: UnitFields) => {
    setOutcome(null)
    // What stood when she began: if it is another by then, central says so.
    setBegun({ base: begun?.base ?? stands, fields: next })
  }
  const send = async () => {
    const answer = await ask(done, pathOf(unit.id), { method: 'PUT', json: begun ?? {} })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    setBegun(null)
    setOutcome({ words: t('saved') })
    onChanged()
  }
  return (
    <SubmitForm words={t('save')} ready={ready} onSend={send} outcome={outcome} look="section">
      <h3>{t('units.data')}</h3>
      <UnitForm fields={fields} onChange={onChange} />
    </SubmitForm>
  )
}
