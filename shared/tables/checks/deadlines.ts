/** The rows of deadlines beyond their shape. */
import { deadlinePhases, type DeadlineTable } from '../../case/deadline.ts'
import type { ClassTree } from '../../case/classes.ts'
import type { Flaw } from '../flaw.ts'
import type { Ground } from '../table.ts'
import { alike } from './alike.ts'

type Row = DeadlineTable[number]

/** Whether some class has a code that begins so. */
export function isKnownCode(tree: ClassTree, start: string): boolean {
  return tree.some(({ code, children }) => code.startsWith(start) || children.some((one) => one.code.startsWith(start)))
}

const covers = (wide: Row, narrow: Row) =>
  wide.phase === narrow.phase &&
  (wide.kinds === null || (narrow.kinds !== null && narrow.kinds.every((kind) => wide.kinds?.includes(kind)))) &&
  (wide.codes === null ||
    (narrow.codes !== null && narrow.codes.every((code) => wide.codes?.some((start) => code.startsWith(start)))))

/** Rules stand once, what they name is known, each can be the first that holds, and each phase has one. */
export function checkDeadlines(rows: DeadlineTable, { classes }: Ground): Flaw[] {
  return [
    ...(deadlinePhases.every((phase) => rows.some((row) => row.phase === phase))
      ? []
      : [{ path: [], code: 'empty' } as const]),
    ...alike(
      rows.map(({ rule }) => rule),
      (index) => [index, 'rule'],
    ),
    ...rows.flatMap(({ codes }, index): Flaw[] =>
      (codes ?? []).flatMap((code, at) =>
        isKnownCode(classes, code) ? [] : [{ path: [index, 'codes', at], code: 'unknownClass' }],
      ),
    ),
    ...rows.flatMap(({ codes, kinds }, index): Flaw[] => [
      ...(codes?.length === 0 ? [{ path: [index, 'codes'], code: 'empty' } as const] : []),
      ...(kinds?.length === 0 ? [{ path: [index, 'kinds'], code: 'empty' } as const] : []),
    ]),
    ...rows.flatMap((row, index): Flaw[] =>
      rows.slice(0, index).some((earlier) => covers(earlier, row)) ? [{ path: [index], code: 'unreachable' }] : [],
    ),
  ]
}
