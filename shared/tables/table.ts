/** What a table is made of. */
import type { z } from 'zod'
import type { ClassTree } from '../case/classes.ts'
import type { Flaw } from './flaw.ts'

/** What a table is looked at beside: the member units by their ids, and the classes that hold. */
export type Ground = { readonly units: ReadonlySet<string>; readonly classes: ClassTree }

export type Table<B> = {
  readonly schema: z.ZodType<B>
  /** The body that comes with the product: version 0. */
  readonly shipped: B
  /** What is wrong beyond the shape. What stood `before` and is as it was is not asked again for what it names. */
  readonly check: (body: B, ground: Ground, before: B) => Flaw[]
  /** What is published for a body: with what may not be lost of the one before. */
  readonly keep: (body: B, before: B) => B
}

/** A table; most have nothing that must be kept of the one before. */
export function table<B>(of: Omit<Table<B>, 'keep'> & Partial<Pick<Table<B>, 'keep'>>): Table<B> {
  return { keep: (body) => body, ...of }
}
