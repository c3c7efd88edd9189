import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { personSchema, toldOnceSchema, type Person, type PersonChange } from '../../../shared/admin/people-page.ts'
import { ask } from '../../page/api.ts'
import { AskedPanel, PanelHead } from '../asked-panel.tsx'
import type { Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { useSession } from '../session.ts'
import { SubmitForm } from '../submit-form.tsx'
import { keepTold, ToldBox } from '../told-once.tsx'
import { useAsked } from '../../page/use-asked.ts'
import { PersonActs } from './person-acts.tsx'
import { draftOf, PersonForm, type PersonDraft } from './person-form.tsx'

type Props = { readonly staffNo: string; readonly onChanged: () => void }

/** One person: who she is, and what becomes of her account. */
export function PersonPanel({ staffNo, onChanged }: Props) {
  const asked = useAsked(personSchema, `/admin/people/${encodeURIComponent(staffNo)}`)
  const changed = () => {
    asked.refresh()
    onChanged()
  }
  return <AskedPanel asked={asked}>{(person) => <Chosen person={person} onChanged={changed} />}</AskedPanel>
}

function Chosen({ person, onChanged }: { readonly person: Person; readonly onChanged: () => void }) {
  const { t } = useTranslation('admin')
  const own = useSession(({ me }) => me?.staffNo === person.staffNo)
  return (
    <div className={css.panel}>
      <PanelHead view="people" title={`${person.name} · ${person.staffNo}`} />
      <ToldBox staffNo={person.staffNo} />
      {own && <p className={css.note}>{t('people.you')}</p>}
      {person.active && <Data person={person} own={own} onChanged={onChanged} />}
      <PersonActs person={person} own={own} onChanged={onChanged} />
    </div>
  )
}

/** What differs from what stands; nothing else is sent, so that what somebody else changed meanwhile stays. */
function changesOf(stands: PersonDraft, draft: PersonDraft): PersonChange {
  const changed = (key: keyof PersonDraft) => draft[key] !== stands[key]
  const line = {
    ...(changed('extension') ? { extension: draft.extension } : {}),
    ...(changed('domain') ? { domain: draft.domain } : {}),
    ...(draft.linePassword === '' ? {} : { password: draft.linePassword }),
  }
  return {
    ...(changed('name') ? { name: draft.name } : {}),
    ...(changed('role') ? { role: draft.role } : {}),
    ...(changed('team') ? { team: draft.team } : {}),
    ...(changed('unit') ? { unit: draft.unit } : {}),
    ...(Object.keys(line).length > 0 ? { line } : {}),
  }
}

type DataProps = { readonly person: Person; readonly own: boolean; readonly onChanged: () => void }

function Data({ person, own, onChanged }: DataProps) {
  const { t } = useTranslation('admin')
  const stands = draftOf(person)
  // What was not touched follows what stands.
  const [touched, setTouched] = useState<Partial<PersonDraft>>({})
  const [outcome, setOutcome] = useState<Outcome>(null)
  const draft = { ...stands, ...touched }
  const change = changesOf(stands, draft)
  const ready = Object.keys(change).length > 0 && draft.name.trim() !== ''
  const onChange = (next: PersonDraft) => {
    setOutcome(null)
    const keys = (Object.keys(next) as (keyof PersonDraft)[]).filter((key) => next[key] !== stands[key])
    setTouched(Object.fromEntries(keys.map((key) => [key, next[key]])))
  }
  const send = async () => {
    const path = `/admin/people/${encodeURIComponent(person.staffNo)}`
    const answer = await ask(toldOnceSchema, path, { method: 'PUT', json: change })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    keepTold(person.staffNo, answer.value)
    setTouched({})
    setOutcome({ words: t('saved') })
    onChanged()
  }
  return (
    <SubmitForm words={t('save')} ready={ready} onSend={send} outcome={outcome} look="section">
      <h3>{t('people.data')}</h3>
      <PersonForm draft={draft} onChange={onChange} stands={person.role} own={own} />
      <p className={css.note}>{t('people.moved')}</p>
    </SubmitForm>
  )
}
