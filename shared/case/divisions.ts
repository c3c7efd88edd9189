/** The tree of divisions: the districts of the city and their streets and towns, as they are written in a case. */
import divisions from './data/divisions.json' with { type: 'json' }

export type Divisions = readonly { readonly code: string; readonly name: string; readonly streets: readonly string[] }[]

export const shippedDivisions: Divisions = divisions

/** The districts of the city. */
export const districtsOf = (of: Divisions): readonly string[] => of.map(({ name }) => name)

/** The streets and towns of a district. */
export function streetsOf(of: Divisions, district: string | null): readonly string[] {
  return of.find(({ name }) => name === district)?.streets ?? []
}

/** Whether the words name a place of the city. */
export function namesPlace(of: Divisions, words: string): boolean {
  return of.some(({ name, streets }) => words.includes(name) || streets.some((street) => words.includes(street)))
}

/** Whether the words name a district other than this one, and not this one. */
export function namesOtherDistrict(of: Divisions, words: string, district: string): boolean {
  return !words.includes(district) && of.some(({ name }) => name !== district && words.includes(name))
}
