import divisions from '../../../shared/case/data/divisions.json' with { type: 'json' }

/** The districts of the city, as they are written in a case. */
export const districts: readonly string[] = divisions.map(({ name }) => name)

/** The streets and towns of a district. */
export function streetsOf(district: string | null): readonly string[] {
  return divisions.find(({ name }) => name === district)?.streets ?? []
}
