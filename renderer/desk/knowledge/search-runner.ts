/**
 * Searches while the operator types: one question at a time, always the newest next, and an answer that is
 * no longer asked for is dropped. Without a fixed delay: the store's own speed is the pace.
 */
import type { Failure, Result } from '../../../shared/errors.ts'
import type { SearchAnswer } from '../../../shared/kb/hit.ts'

export type SearchPorts = {
  readonly search: (query: string) => Promise<Result<SearchAnswer>>
  readonly found: (answer: SearchAnswer) => void
  readonly failed: (failure: Failure) => void
}

/** Makes a runner; call it with each state of the query, `''` to stop. */
export function createSearchRunner({ search, found, failed }: SearchPorts): (query: string) => void {
  let wanted = ''
  let asking = false

  async function ask(query: string): Promise<void> {
    asking = true
    const answer = await search(query)
    asking = false
    if (query !== wanted) {
      if (wanted !== '') await ask(wanted)
    } else if (answer.ok) found(answer.value)
    else failed(answer.error)
  }

  return (query) => {
    wanted = query
    if (!asking && query !== '') void ask(query)
  }
}
