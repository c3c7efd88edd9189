/** The tree of divisions: its shape, and beyond it. */
import { z } from 'zod'
import divisions from '../../case/data/divisions.json' with { type: 'json' }
import type { Flaw } from '../flaw.ts'
import { alike } from './alike.ts'

const name = z.string().trim().min(1).max(40)

/** The districts of the city by their codes (GB/T 2260), each with its streets and towns. */
export const divisionsSchema = z
  .array(
    z.strictObject({
      code: z.string().regex(/^\d{6}$/),
      name,
      streets: z.array(name).max(200),
    }),
  )
  .min(1)
  .max(100)
export type DivisionTree = z.infer<typeof divisionsSchema>

export const shippedDivisionTree: DivisionTree = divisionsSchema.parse(divisions)

/** Each code and name stands once; so does a street within its district. */
export function checkDivisions(tree: DivisionTree): Flaw[] {
  return [
    ...alike(
      tree.map(({ code }) => code),
      (index) => [index, 'code'],
    ),
    ...alike(
      tree.map((one) => one.name),
      (index) => [index, 'name'],
      'twiceNamed',
    ),
    ...tree.flatMap(({ streets }, district) => alike(streets, (index) => [district, 'streets', index])),
  ]
}
