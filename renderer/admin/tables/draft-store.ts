/** Tables as they are being changed: a draft stands until it is published or discarded, wherever one looks meanwhile. */
import { create } from 'zustand'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import type { TableName } from '../../../shared/tables/tables.ts'
import { onSessionChange } from '../session.ts'

export type TableDraft = {
  /** The version that it is written upon. */
  readonly base: number
  readonly body: unknown
  /** As it is typed, where it is edited as JSON; null where by rows. */
  readonly text: string | null
  readonly why: string
  /** What central found wrong with it, until it is changed. */
  readonly flaws: readonly Flaw[]
}

type Drafts = { readonly [N in TableName]?: TableDraft }
export const useDrafts = create<Drafts>(() => ({}))

onSessionChange((change) => change === 'left' && useDrafts.setState({}, true))
window.addEventListener('beforeunload', (event) => {
  if (Object.values(useDrafts.getState()).length > 0) event.preventDefault()
})

/** Changes a part of a draft, begun upon `base` with its `body` where there is none yet. */
export function changeDraft(
  name: TableName,
  standing: { readonly version: number; readonly body: unknown },
  part: Partial<TableDraft>,
): void {
  const draft = useDrafts.getState()[name] ?? emptyDraft(standing)
  const changesBody = 'body' in part || 'text' in part
  useDrafts.setState({ [name]: { ...draft, ...(changesBody ? { flaws: [] } : {}), ...part } })
}

export const emptyDraft = ({ version, body }: { readonly version: number; readonly body: unknown }): TableDraft => ({
  ...{ base: version, body, text: null, why: '', flaws: [] },
})

export function discardDraft(name: TableName): void {
  const { [name]: _, ...rest } = useDrafts.getState()
  useDrafts.setState(rest, true)
}
