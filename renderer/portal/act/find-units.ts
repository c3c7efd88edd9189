/** Units by what is typed: words of the name, or the first letters of its pinyin (csgl: 城市管理). */
import { rankEntry, type Readings } from '../../../shared/directory/match.ts'
import { loadReadings } from '../../../shared/kb/initials.ts'
import type { MemberUnit } from '../../../shared/case/case-line.ts'

const MOST = 20
const readings = new Map<string, Readings>()

/** The best first, at most 20; loads the dictionary of readings with the first search. */
export async function findUnits(units: readonly MemberUnit[], typed: string): Promise<readonly MemberUnit[]> {
  const query = typed.trim()
  if (query === '') return []
  const readingsOf = await loadReadings()
  const ranked = units.flatMap((unit) => {
    const { id, name, district } = unit
    const known = readings.get(name) ?? readingsOf(name)
    readings.set(name, known)
    const rank = rankEntry({ kind: 'unit', id, name, numbers: [], hours: '', district }, known, query)
    return rank === null ? [] : [{ unit, rank }]
  })
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.unit.name.length - b.unit.name.length)
    .slice(0, MOST)
    .map(({ unit }) => unit)
}
