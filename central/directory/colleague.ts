/** What the desks' directory says of a person who works here: it follows the staff, without an import. */
import { dialPlan } from '../../shared/call/dial-plan.ts'
import { colleagueId, directoryEntrySchema, type DirectoryEntry } from '../../shared/directory/entry.ts'
import type { NumberPlan } from '../../shared/number-plan.ts'
import type { Tx } from '../db/db.ts'
import { appendFeed } from '../feed/sql.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import * as directory from './sql.ts'
import type { Colleague } from './sql.ts'

/** The entry of a person; null for whom nobody can call. */
function entryOf(
  { staffNo, name, role, active, team, extension }: Colleague,
  stands: DirectoryEntry | null,
  plan: NumberPlan,
): DirectoryEntry | null {
  const dialled = dialPlan(extension ?? '', plan)
  if (!active || !dialled.ok) return null
  const known = stands?.kind === 'colleague' ? stands.team : null
  const entry = { id: colleagueId(staffNo), kind: 'colleague', name, staffNo, extension: dialled.number, role }
  return directoryEntrySchema.safeParse({ ...entry, team: team ?? known }).data ?? null
}

/** Brings the directory up to what the staff say of a person, and tells all desks; last in a transaction (role sanxin_people). */
export async function tellColleague(sql: Tx, staffNo: string): Promise<void> {
  const [plan, person] = await Promise.all([selectNumberPlan(sql), directory.selectPerson(sql, staffNo)])
  if (person === null) return
  const stands = await directory.selectColleague(sql, staffNo)
  const entry = entryOf(person, stands, plan)
  const changed = entry === null ? [] : await directory.upsertEntries(sql, [entry])
  const withdrawn = await directory.withdrawTwins(sql, [staffNo], entry === null ? [] : [entry.id])
  await appendFeed(
    sql,
    [...new Set([...changed, ...withdrawn])].map((ref) => ({ kind: 'directory', ref, storeId: null, team: null })),
  )
}
