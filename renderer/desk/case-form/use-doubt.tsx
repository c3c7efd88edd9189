import { useFindings, useFindingWords } from './use-findings.ts'
import css from './fields.module.css'

/** What is doubtful of a fixed field, as it stands at the end of it; null for nothing. */
export function useDoubt(id: string) {
  const { findings } = useFindings()
  const words = useFindingWords()
  const finding = findings.find(({ field, severity }) => field === id && severity === 'implausible')
  return finding === undefined ? null : (
    <small className={css.doubt} role="status">
      {words(finding)}
    </small>
  )
}
