import * as tree from '../../../shared/case/divisions.ts'

/** The districts of the city, as they are written in a case. */
export const districts: readonly string[] = tree.districtsOf(tree.shippedDivisions)

/** The streets and towns of a district. */
export const streetsOf = (district: string | null): readonly string[] => tree.streetsOf(tree.shippedDivisions, district)
