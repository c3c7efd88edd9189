/** What the exchange, central's database and the desks' own files say of a run. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Sql } from 'postgres'
import type { Ami } from '../../../build/pbx/ami.ts'
import type { Hearing } from '../../../build/pbx/hearing.ts'
import type { QueueCall, StoredFact } from './course.ts'

const extensionOf = (device = '') => device.replace(/^PJSIP\//, '')

/** The queue's calls in the order in which they came. */
export function queueCalls(events: Hearing): QueueCall[] {
  return events.all('QueueCallerJoin').map((joined) => {
    const callId = joined['Uniqueid'] ?? ''
    return {
      callId,
      number: joined['CallerIDNum'] ?? '',
      connectedTo: events.all('AgentConnect', { Uniqueid: callId }).map(({ Interface }) => extensionOf(Interface)),
      abandoned: events.all('QueueCallerAbandon', { Uniqueid: callId }).length > 0,
    }
  })
}

/** Of each member whether it is in or paused. */
export async function queueMembers(ami: Ami): Promise<Map<string, 'in' | 'paused'>> {
  const told = await ami.list('QueueStatus', { Queue: '12345' })
  const members = told.filter(({ Event }) => Event === 'QueueMember')
  return new Map(members.map(({ Name, Paused }) => [extensionOf(Name), Paused === '1' ? 'paused' : 'in']))
}

/** The facts that central took; what it set aside counts as a fact of nobody. */
export async function centralFacts(sql: Sql): Promise<StoredFact[]> {
  const taken = await sql<StoredFact[]>`
    select f.call_id as "callId", f.kind, m.author as "staffNo"
    from call_facts f join mutations m on m.id = f.mutation_id`
  const aside = await sql<{ id: string }[]>`select mutation_id as id from quarantine`
  return [...taken, ...aside.map(({ id }) => ({ callId: id, kind: 'quarantined', staffNo: 'nobody' }))]
}

/** What each operator does by central's word. */
export async function centralStatuses(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ staffNo: string; status: string }[]>`
    select staff_no as "staffNo", status from operator_status where connected`
  return new Map(rows.map(({ staffNo, status }) => [staffNo, status]))
}

/** The facts that a desk has written down. */
export function deskFacts(dataDir: string): StoredFact[] {
  const db = new DatabaseSync(join(dataDir, 'store.sqlite'), { readOnly: true })
  try {
    return db
      .prepare(
        `SELECT mutation ->> '$.body.fact.callId' AS callId, mutation ->> '$.body.fact.kind' AS kind,
           mutation ->> '$.author' AS staffNo
         FROM outbox WHERE mutation ->> '$.body.kind' = 'call'`,
      )
      .all() as StoredFact[]
  } finally {
    db.close()
  }
}
