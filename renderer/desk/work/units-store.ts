/** The member units by their names: all of them are on the desk, and stay known while central is away. */
import { create } from 'zustand'
import { rankEntry } from '../../../shared/directory/match.ts'
import type { FoundUnit } from '../../../shared/ipc/case-work.ts'
import { invoke } from '../../ui/bridge.ts'

export const useUnits = create<{ readonly units: readonly FoundUnit[] }>()(() => ({ units: [] }))

export async function loadUnits(): Promise<void> {
  const units = await invoke('case.units', null)
  if (units.ok) useUnits.setState({ units: units.value })
}

/** The name of a unit; its id where this desk does not know it (yet). */
export function unitNamed(units: readonly FoundUnit[], id: string): string {
  return units.find((unit) => unit.id === id)?.name ?? id
}

/** How a component says a unit. */
export function useUnitName(): (id: string) => string {
  const { units } = useUnits()
  return (id) => unitNamed(units, id)
}

/** The best first, by words of the name or the first letters of its pinyin; all where nothing is typed. */
export function matchUnits(units: readonly FoundUnit[], typed: string): readonly FoundUnit[] {
  const query = typed.trim()
  if (query === '') return units
  return units
    .flatMap((unit) => {
      const { id, name, district, readings } = unit
      const rank = rankEntry({ kind: 'unit', id, name, district, numbers: [], hours: '' }, readings, query)
      return rank === null ? [] : [{ unit, rank }]
    })
    .toSorted((a, b) => a.rank - b.rank || a.unit.name.length - b.unit.name.length)
    .map(({ unit }) => unit)
}
