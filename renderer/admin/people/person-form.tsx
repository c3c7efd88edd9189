import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/admin/people-page.ts'
import { may } from '../../../shared/people/roles.ts'
import { staffRoles, type StaffRole } from '../../../shared/people/staff-role.ts'
import { SelectField, TextField } from '../field.tsx'
import css from '../panel.module.css'
import { UnitField } from '../unit-field.tsx'

/** A person as she is being written; `linePassword` '' leaves the one that stands. */
export type PersonDraft = {
  readonly name: string
  readonly role: StaffRole
  readonly unit: string
  readonly team: string
  readonly extension: string
  readonly domain: string
  readonly linePassword: string
}

export const draftOf = ({ name, role, unit, team, line }: Person): PersonDraft => ({
  ...{ name, role, unit: unit ?? '', team: team ?? '' },
  ...{ extension: line?.extension ?? '', domain: line?.domain ?? '', linePassword: '' },
})

type Props = {
  readonly draft: PersonDraft
  readonly onChange: (draft: PersonDraft) => void
  /** The role that stands: people of member units and of the centre do not change places. Null for who is new. */
  readonly stands: StaffRole | null
  /** Her own role is another's affair. */
  readonly own: boolean
}

/** The fields of a person; which there are follows her role. */
export function PersonForm({ draft, onChange, stands, own }: Props) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const change = (part: Partial<PersonDraft>) => onChange({ ...draft, ...part })
  const roles = staffRoles.filter((role) => stands === null || (role === 'unitMember') === (stands === 'unitMember'))
  return (
    <>
      <div className={css.fields}>
        <TextField
          required
          label={t('people.name')}
          value={draft.name}
          maxLength={40}
          onChange={(name) => change({ name })}
        />
        <SelectField
          label={t('people.role')}
          value={draft.role}
          disabled={own || roles.length === 1}
          choices={roles.map((role) => ({ value: role, words: common(`directory.role.${role}`) }))}
          onChange={(value) => change({ role: roles.find((role) => role === value) ?? draft.role })}
        />
        {draft.role === 'unitMember' ? (
          <UnitField value={draft.unit} onChange={(unit) => change({ unit })} />
        ) : (
          <TextField label={t('people.team')} value={draft.team} maxLength={40} onChange={(team) => change({ team })} />
        )}
      </div>
      {may(draft.role, 'sync') && <LineFields draft={draft} change={change} isNew={stands === null} />}
    </>
  )
}

type LineProps = {
  readonly draft: PersonDraft
  readonly change: (part: Partial<PersonDraft>) => void
  readonly isNew: boolean
}

function LineFields({ draft, change, isNew }: LineProps) {
  const { t } = useTranslation('admin')
  return (
    <div className={css.section}>
      <h3>{t('people.lineTitle')}</h3>
      <div className={css.fields}>
        <TextField
          label={t('people.extension')}
          value={draft.extension}
          maxLength={32}
          onChange={(extension) => change({ extension })}
        />
        <TextField
          label={t('people.domain')}
          value={draft.domain}
          maxLength={200}
          onChange={(domain) => change({ domain })}
        />
        <TextField
          password
          label={t('people.linePassword')}
          value={draft.linePassword}
          maxLength={200}
          {...(isNew ? {} : { hint: t('people.linePasswordKept') })}
          onChange={(linePassword) => change({ linePassword })}
        />
      </div>
    </div>
  )
}
