import type { Sheet } from '../../../../shared/kb/sheet.ts'
import type { Flaw } from '../../../../shared/tables/flaw.ts'

export type SheetProps<S extends Sheet = Sheet> = {
  readonly sheet: S
  readonly flaws: readonly Flaw[]
  readonly onChange: (sheet: S) => void
}
