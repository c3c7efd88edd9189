/**
 * Searches while the operator types: one question at a time, always the newest next, and an answer that is
 * no longer asked for is dropped. Without a fixed delay: the store's own speed is the pace.
 */
import type { Failure, Result } from '../../../shared/errors.ts'
import { anywhere, type SearchAnswer, type SearchScope } from '../../../shared/kb/hit.ts'

export type SearchPorts = {
  readonly search: (query: string, scope: SearchScope) => Promise<Result<SearchAnswer>>
  readonly found: (answer: SearchAnswer) => void
  readonly failed: (failure: Failure) => void
}

type Wanted = { readonly query: string; readonly scope: SearchScope }

/** Makes a runner; call it with each state of the query and of what narrows it, `''` to stop. */
export function createSearchRunner({
  search,
  found,
  failed,
}: SearchPorts): (query: string, scope?: SearchScope) => void {
  let wanted: Wanted | null = null
  let asking = false

  async function ask(one: Wanted): Promise<void> {
    asking = true
    const answer = await search(one.query, one.scope)
    asking = false
    if (wanted === null) return
    if (wanted.query !== one.query || wanted.scope !== one.scope) await ask(wanted)
    else if (answer.ok) found(answer.value)
    else failed(answer.error)
  }

  return (query, scope = anywhere) => {
    wanted = query === '' ? null : { query, scope }
    if (!asking && wanted !== null) void ask(wanted)
  }
}
