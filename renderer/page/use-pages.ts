import { useState } from 'react'
import type { z } from 'zod'
import type { Failure } from '../../shared/errors.ts'
import { ask } from './api.ts'
import { useAsked } from './use-asked.ts'

type Page = { readonly next: string | null }
export type Pages<P> = {
  /** What has been read so far, the first page first; null while nothing has. */
  readonly pages: readonly P[] | null
  readonly failure: Failure | null
  readonly refresh: () => void
  /** Reads the next page; null where there is none. */
  readonly more: (() => void) | null
}

/** A long list of central's, page by page: `path` has a query already, to which the place of the next page is added. */
export function usePages<S extends z.ZodType<Page>>(schema: S, path: string): Pages<z.output<S>> {
  const first = useAsked(schema, path)
  const [rest, setRest] = useState<{ readonly of: z.output<S>; readonly pages: readonly z.output<S>[] } | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  // What was read behind another first page does not belong behind this one.
  const further = rest !== null && rest.of === first.value ? rest.pages : []
  const pages = first.value === null ? null : [first.value, ...further]
  const next = pages?.at(-1)?.next ?? null
  const readMore = async (of: z.output<S>, after: string) => {
    const answer = await ask(schema, `${path}&after=${encodeURIComponent(after)}`)
    setFailure(answer.ok ? null : answer.error)
    if (answer.ok) setRest({ of, pages: [...further, answer.value] })
  }
  return {
    pages,
    failure: first.failure ?? failure,
    refresh: first.refresh,
    more: first.value === null || next === null ? null : () => void readMore(first.value as z.output<S>, next),
  }
}
