import { useFindings, useFindingWords } from './use-findings.ts'
import css from './fields.module.css'

/** The id of what is doubtful of a row, by its first field. */
export const doubtId = (first: string): string => `doubt-${first}`

/** What is doubtful of the fields of a row, in a word under its name; the first of them that is. */
export function Doubt({ of }: { readonly of: readonly string[] }) {
  const { findings } = useFindings()
  const words = useFindingWords()
  const finding = findings.find(({ field, severity }) => of.includes(field) && severity === 'implausible')
  if (finding === undefined) return null
  return (
    <small
      id={doubtId(of[0] ?? '')}
      className={css.doubt}
      role="status"
      title={words(finding)}
      data-testid={`doubt-${finding.field}`}
    >
      {words(finding)}
    </small>
  )
}
