/**
 * Tables as they are being changed: a draft stands until it is published or discarded, wherever one looks meanwhile. It is
 * kept in the browser under who writes it, so a reload takes nothing of it.
 */
import type { Drafts, TableDraft } from './table-draft.ts'
import { create } from 'zustand'
import { tableNames, type TableName } from '../../../shared/tables/tables.ts'
import { onSessionChange, useSession } from '../session.ts'
import { keepDraft, keptDrafts } from './kept-drafts.ts'

export const useDrafts = create<Drafts>(() => ({}))

/** Those that the browser does not keep. */
const unkept = new Set<TableName>()
/** While they leave the page with whoever wrote them, what is kept of them stays. */
let isLeaving = false

useSession.subscribe(({ me }, { me: before }) => {
  if (me !== null && me.staffNo !== before?.staffNo) useDrafts.setState(keptDrafts(me.staffNo), true)
})
useDrafts.subscribe((drafts, before) => {
  const { me } = useSession.getState()
  if (me === null || isLeaving) return
  for (const name of tableNames.filter((one) => drafts[one] !== before[one])) {
    if (keepDraft(me.staffNo, name, drafts[name])) unkept.delete(name)
    else unkept.add(name)
  }
})
onSessionChange((change) => {
  if (change !== 'left') return
  isLeaving = true
  useDrafts.setState({}, true)
  isLeaving = false
})
window.addEventListener('beforeunload', (event) => {
  if (unkept.size > 0) event.preventDefault()
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
