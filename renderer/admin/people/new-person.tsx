import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { staffNoSchema, toldOnceSchema } from '../../../shared/admin/people-page.ts'
import { may } from '../../../shared/people/roles.ts'
import { ask } from '../../page/api.ts'
import { PanelHead } from '../asked-panel.tsx'
import { TextField } from '../field.tsx'
import type { Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { goTo } from '../route.ts'
import { SubmitForm } from '../submit-form.tsx'
import { keepTold } from '../told-once.tsx'
import { PersonForm, type PersonDraft } from './person-form.tsx'

const empty: PersonDraft = {
  ...{ name: '', role: 'operator', unit: '', team: '', extension: '', domain: '', linePassword: '' },
}

/** Adds somebody; her first password is told once, on her page. */
export function NewPersonPanel({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useTranslation('admin')
  const [staffNo, setStaffNo] = useState('')
  const [draft, setDraft] = useState(empty)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const ready = staffNoSchema.safeParse(staffNo.trim()).success && draft.name.trim() !== ''
  const send = async () => {
    const { name, role, unit, team, extension, domain, linePassword: password } = draft
    const json = {
      ...{ staffNo: staffNo.trim(), name, role, team },
      unit: role === 'unitMember' ? unit || null : null,
      line: may(role, 'sync') ? { extension, domain, password } : null,
    }
    const answer = await ask(toldOnceSchema, '/admin/people', { method: 'POST', json })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    keepTold(json.staffNo, answer.value)
    onChanged()
    goTo('people', json.staffNo)
  }
  return (
    <SubmitForm words={t('people.add')} ready={ready} onSend={send} outcome={outcome} look="panel">
      <PanelHead view="people" title={t('people.add')} />
      <div className={css.fields}>
        <TextField required label={t('people.staffNo')} value={staffNo} maxLength={20} onChange={setStaffNo} />
      </div>
      <PersonForm draft={draft} onChange={setDraft} stands={null} own={false} />
    </SubmitForm>
  )
}
