import { Children, type ReactNode } from 'react'

type Props<T> = { readonly of: readonly T[]; readonly children: (row: T, index: number) => ReactNode }

/** Rows that have no name of their own, for all that is in them is being typed: a row is known by its place. */
export function Rows<T>({ of, children }: Props<T>) {
  return Children.toArray(of.map(children))
}
