import type { AdminUnit } from '../../../shared/admin/units-page.ts'
import { rankEntry } from '../../../shared/directory/match.ts'

/** The units that answer what was typed, by id, name, district or number; all where nothing was. */
export function findUnits(units: readonly AdminUnit[], typed: string): readonly AdminUnit[] {
  const query = typed.trim()
  if (query === '') return units
  return units.filter((unit) => {
    const { id, name, numbers, hours, district } = unit
    const isId = id.toLowerCase().startsWith(query.toLowerCase())
    return isId || rankEntry({ kind: 'unit', id, name, numbers, hours, district }, [], query) !== null
  })
}
