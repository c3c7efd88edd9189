/**
 * The calls that nothing came of ten minutes after their end, as a monitor has them: the count is pushed by central,
 * the list is asked for while it stands open.
 */
import { create } from 'zustand'
import type { Failure } from '../../../shared/errors.ts'
import type { LedgerEntry, LegWord, NameableOutcome } from '../../../shared/ledger/entry.ts'
import { may } from '../../../shared/people/roles.ts'
import { dialPlan } from '../../../shared/call/dial-plan.ts'
import { invoke } from '../../ui/bridge.ts'
import { dialBack } from '../stores/dial-store.ts'
import { closeLedger, toggleLedger } from '../stores/panel-store.ts'
import { ownNumberPlan, useSession } from '../stores/session-store.ts'

/** What is being said of the chosen one: its case, or its outcome with a reason. */
export type LegDraft =
  | { readonly act: 'link'; readonly caseNo: string }
  | { readonly act: 'name'; readonly outcome: NameableOutcome | null; readonly reason: string }

/** Why nothing came of what was pressed; the words are `ledger.note.<note>`. */
export type LedgerNote = 'hidden' | 'unreadable' | 'busy' | 'settled' | 'unknownCase' | 'unknownLeg' | 'noReason'

type LedgerStore = {
  /** How many stand on it by central's word; null while that is not known. */
  readonly open: number | null
  /** Null until central has answered. */
  readonly rows: readonly LedgerEntry[] | null
  /** By its name, not by its place. */
  readonly chosen: string | null
  readonly draft: LegDraft | null
  readonly sending: boolean
  readonly note: LedgerNote | null
  readonly failure: Failure | null
}

const blank: LedgerStore = {
  open: null,
  rows: null,
  chosen: null,
  draft: null,
  sending: false,
  note: null,
  failure: null,
}

export const useLedger = create<LedgerStore>()(() => blank)

export const legKey = ({ exchange, leg }: Pick<LedgerEntry, 'exchange' | 'leg'>): string => `${exchange} ${leg}`

/** The leg that the keys are about: the chosen one, else the oldest. */
export function chosenLeg({ rows, chosen }: Pick<LedgerStore, 'rows' | 'chosen'>): LedgerEntry | null {
  return rows?.find((row) => legKey(row) === chosen) ?? rows?.[0] ?? null
}

/** Central pushed a count. */
export const noteOpen = (open: number | null): void => useLedger.setState({ open })

/** What the store heard before this window was there. */
export async function learnOpen(): Promise<void> {
  const answer = await invoke('ledger.open', null)
  if (answer.ok) noteOpen(answer.value.open)
}

/** Asks central for the list; what is chosen stays chosen, where it goes the next one is. */
export async function loadLedger(): Promise<void> {
  const answer = await invoke('ledger.list', null)
  if (!answer.ok) return useLedger.setState({ failure: answer.error })
  useLedger.setState((before) => {
    const { rows, open } = answer.value
    const here = before.rows?.findIndex((row) => legKey(row) === before.chosen) ?? -1
    const still = rows.some((row) => legKey(row) === before.chosen)
    const next = rows[Math.min(Math.max(0, here), rows.length - 1)]
    const chosen = still ? before.chosen : next === undefined ? null : legKey(next)
    // Words that were begun stay with their leg: where that has an outcome by now they have no more use.
    return { rows, open, chosen, failure: null, draft: still ? before.draft : null }
  })
}

/** Chooses a leg; what was begun on another is left. */
export function chooseLeg(key: string): void {
  useLedger.setState((before) => ({ chosen: key, note: null, draft: before.chosen === key ? before.draft : null }))
}

/** Chooses the leg `step` places further down. */
export function moveLeg(step: number): void {
  const { rows, chosen } = useLedger.getState()
  if (rows === null) return
  const here = rows.findIndex((row) => legKey(row) === chosen)
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))]
  if (next) chooseLeg(legKey(next))
}

/** Calls the citizen of the chosen leg back, which pays it; false, with a note, where that cannot be done. */
export function callLegBack(): boolean {
  const leg = chosenLeg(useLedger.getState())
  if (leg === null) return false
  const note: LedgerNote | null =
    leg.number === ''
      ? 'hidden'
      : !dialPlan(leg.number, ownNumberPlan()).ok
        ? 'unreadable'
        : dialBack({ callId: leg.leg, number: leg.number, owed: true })
          ? null
          : 'busy'
  useLedger.setState({ note })
  return note === null
}

export const beginLink = (): void => useLedger.setState({ draft: { act: 'link', caseNo: '' }, note: null })
export const beginName = (): void =>
  useLedger.setState({ draft: { act: 'name', outcome: null, reason: '' }, note: null })
export const editDraft = (draft: LegDraft | null): void => useLedger.setState({ draft, note: null })

/** What is sent; null while something is missing. */
function wordOf(leg: LedgerEntry, draft: LegDraft): LegWord | null {
  const { exchange, leg: name } = leg
  if (draft.act === 'link') {
    const caseNo = draft.caseNo.trim()
    return caseNo === '' ? null : { exchange, leg: name, caseNo }
  }
  const reason = draft.reason.trim()
  return draft.outcome === null || reason === '' ? null : { exchange, leg: name, outcome: draft.outcome, reason }
}

const refusals = new Set<string>(['unknownCase', 'unknownLeg'] satisfies LedgerNote[])

/** Says it to central; refused, what was written stays. */
export async function sendWord(): Promise<void> {
  const { draft, sending } = useLedger.getState()
  const leg = chosenLeg(useLedger.getState())
  if (draft === null || leg === null || sending) return
  const word = wordOf(leg, draft)
  if (word === null) return useLedger.setState({ note: 'noReason' })
  useLedger.setState({ sending: true, note: null })
  const answer = await invoke('ledger.settle', word)
  useLedger.setState({ sending: false })
  if (answer.ok) {
    useLedger.setState({ draft: null, note: 'settled' })
    return loadLedger()
  }
  const { detail = '' } = answer.error
  if (!refusals.has(detail)) return useLedger.setState({ failure: answer.error })
  useLedger.setState({ note: detail as LedgerNote })
  if (detail === 'unknownLeg') await loadLedger()
}

/** Opens the list or closes it, for who may read it. */
export function toggleLedgerList(): void {
  const role = useSession.getState().session?.operator.role
  if (role !== undefined && may(role, 'ledger.read')) toggleLedger()
}

/** Somebody else sits here. */
export function clearLedger(): void {
  closeLedger()
  useLedger.setState(blank)
}
