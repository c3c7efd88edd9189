import { useTranslation } from 'react-i18next'
import { flawCodes, type Flaw, type FlawCode } from '../../../shared/tables/flaw.ts'
import css from './tables.module.css'

const isFlawCode = (code: string): code is FlawCode => flawCodes.some((one) => one === code)

/** What a flaw is called; one of a newer central is wrong in some way. */
export function useFlawWords(): (code: string) => string {
  const { t } = useTranslation('admin')
  return (code) => t(`tables.flawWords.${isFlawCode(code) ? code : 'wrong'}`)
}

type Path = Flaw['path']
/** The flaws at a place, or within it. */
export const flawsWithin = (flaws: readonly Flaw[], path: Path): Flaw[] =>
  flaws.filter((flaw) => path.every((step, index) => flaw.path[index] === step))

/** What is wrong at a place, in its words; nothing where nothing is. */
export function FlawsAt({ flaws, path }: { readonly flaws: readonly Flaw[]; readonly path: Path }) {
  const words = useFlawWords()
  const here = flawsWithin(flaws, path)
  if (here.length === 0) return null
  return <p className={css.flaw}>{[...new Set(here.map(({ code }) => words(code)))].join('；')}</p>
}
