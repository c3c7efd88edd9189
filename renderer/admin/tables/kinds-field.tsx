import { useTranslation } from 'react-i18next'
import { caseKinds, type CaseKind } from '../../../shared/case/case-kind.ts'
import css from '../panel.module.css'
import { CheckField } from '../../page/check-field.tsx'

type Props = {
  readonly label: string
  /** Null for whatever it is. */
  readonly kinds: readonly CaseKind[] | null
  readonly onChange: (kinds: CaseKind[] | null) => void
}

/** The kinds of matter that a row is for; none chosen for all. */
export function KindsField({ label, kinds, onChange }: Props) {
  const { t: common } = useTranslation()
  const choose = (kind: CaseKind, on: boolean) => {
    const next = caseKinds.filter((one) => (one === kind ? on : kinds?.includes(one)))
    onChange(next.length === 0 ? null : next)
  }
  return (
    <div className={css.row} role="group" aria-label={label}>
      <span className={css.legend}>{label}</span>
      {caseKinds.map((kind) => (
        <CheckField
          key={kind}
          label={common(`form.kinds.${kind}`)}
          checked={kinds?.includes(kind) ?? false}
          onChange={(on) => choose(kind, on)}
        />
      ))}
    </div>
  )
}
