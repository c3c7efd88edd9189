/** Bugs that the simulation must catch: each is written into the sources as they are read, and a run of them must fail. */

import { OPS_A_WORLD } from './task.ts'

type Patch = readonly [file: string, from: string, to: string]
export type Bug = {
  readonly name: string
  /** A small world that has shown it, looked at before all others; once it no longer does, the search takes longer. */
  readonly seed: number
  /** Its steps, where those of a small world are too few. */
  readonly ops?: number
  readonly patches: readonly Patch[]
}

const decide = 'shared/case/decide.ts'
const outbox = 'electron/store/db/outbox.ts'
const batch = 'central/sync/batch.ts'
const exchange = 'electron/store/sync/exchange.ts'

export const plantedBugs: readonly Bug[] = [
  {
    name: 'page of /live taken wherever the desk stands',
    seed: 34,
    patches: [
      [
        'electron/store/sync/take-changes.ts',
        "meta.get('epoch') === page.epoch && Number(meta.get('cursor') ?? 0) === page.from",
        "meta.get('epoch') === page.epoch && Number(meta.get('cursor') ?? 0) <= page.head",
      ],
    ],
  },
  {
    name: 'who was at the desk before stays there',
    seed: 19,
    patches: [
      [
        'central/live/connection.ts',
        "await db.tx('sanxin_live', (sql) => markEarlierGone(sql, storeId, connectionId, clock.now()))",
        'void markEarlierGone',
      ],
    ],
  },
  {
    name: 'save not waited for by the disk',
    seed: 10,
    patches: [
      [
        'electron/store/case-saver.ts',
        'return db.transaction(() => {\n      const at = now()',
        "db.pragma('synchronous = NORMAL')\n    queueMicrotask(() => db.pragma('synchronous = FULL'))\n    return db.transaction(() => {\n      const at = now()",
      ],
    ],
  },
  {
    name: 'acknowledge before commit',
    seed: 3,
    patches: [
      [
        'electron/store/call-recorder.ts',
        'db.transaction(() => add({ ...fact, at: fact.at + correction() }, by || author(), fact.at))(),',
        'void setTimeout(() => { try { db.transaction(() => add({ ...fact, at: fact.at + correction() }, by || author(), fact.at))() } catch {} }, 40),',
      ],
    ],
  },
  {
    name: 'cursor by maximum id',
    seed: 2,
    patches: [
      ['shared/sync/protocol.ts', 'export const PAGE = 800', 'export const PAGE = 5'],
      ['central/sync/pull.ts', 'const cursor = more ? (page.at(-1)?.seq ?? head) : head', 'const cursor = head'],
    ],
  },
  {
    name: 'duplicate check lost on restart',
    seed: 2,
    patches: [
      [batch, 'const fresh = batch.filter(({ id }) => !earlier.has(id))', 'const fresh = batch'],
      [batch, 'if (earlier.has(one.id)) continue', ''],
      [
        'central/sync/sql.ts',
        'fresh.* from ${mutationColumns.from} as fresh`',
        'fresh.* from ${mutationColumns.from} as fresh on conflict do nothing`',
      ],
      // Else what has keys of its own is refused for ever, and a desk that waits for it is slow to play.
      [
        'central/calls/sql.ts',
        'select * from ${factRows.from} as fresh`',
        'select * from ${factRows.from} as fresh on conflict do nothing`',
      ],
      [
        'central/sync/sql.ts',
        'as strange(id uuid, reason text, raw text)`',
        'as strange(id uuid, reason text, raw text) on conflict do nothing`',
      ],
    ],
  },
  {
    name: 'scope entry skipped',
    seed: 2,
    patches: [
      [
        'central/cases/scopes.ts',
        'const stores = [...state.until].map(',
        'const stores = [...state.until].filter(([store]) => !(state.entered && store === storeId)).map(',
      ],
    ],
  },
  {
    name: 'outbox deleted on sign-out',
    seed: 3,
    patches: [
      [
        'electron/store/store.ts',
        'const left = who\n      who = null',
        "const left = who\n      who = null\n      db.exec(`DELETE FROM outbox WHERE state = 'pending'`)",
      ],
    ],
  },
  {
    name: 'half of a batch applied',
    seed: 2,
    patches: [
      [
        batch,
        'for (const one of fresh) {',
        "for (const [index, one] of fresh.entries()) {\n    if (index > 2 && index >= fresh.length / 2) {\n      earlier.set(one.id, { caseId: null, storeId, status: 'applied', code: null, revision: null, seenRevision: null })\n      continue\n    }",
      ],
    ],
  },
  {
    name: 'client clock trusted for order',
    seed: 3,
    patches: [[outbox, 'AND NOT deferred ORDER BY seq LIMIT ?', 'AND NOT deferred ORDER BY created_at, id LIMIT ?']],
  },
  {
    name: 'merge by single field',
    seed: 2,
    patches: [
      [
        decide,
        'const groups = { ...record.groups, [group]: value }',
        "const groups = { ...record.groups, [group]: group === 'reply' ? { ...value, mode: record.groups.reply.mode } : value }",
      ],
    ],
  },
  {
    name: 'a late reply changes the state',
    seed: 4,
    patches: [[decide, "if (edits.length > 0 && isStale(record, 'reply', context)) return ok(edits)", '']],
  },
  {
    name: 'a late reply is taken without its state',
    seed: 13,
    patches: [
      [decide, 'if (mode === null || record.state === stateAfter[mode]) return ok([settled])', 'return ok([settled])'],
    ],
  },
  {
    name: 'a choice is told before it is kept',
    seed: 2,
    patches: [['electron/store/late-list.ts', "add({ kind: 'case', command, caller: null }, author, at)", '']],
  },
  {
    name: 'refused command blocks others',
    seed: 2,
    patches: [
      [
        outbox,
        'void answer.run({ id, status, code: code ?? null, at })',
        "void (status === 'applied' && answer.run({ id, status, code: code ?? null, at }))",
      ],
    ],
  },
  {
    name: 'a revision taken for another history’s',
    seed: 10,
    patches: [
      [
        'shared/case/history.ts',
        'const same = revision <= events.length && baseOf(events.slice(0, revision)).history === history',
        'const same = true',
      ],
    ],
  },
  {
    name: 'epoch ignored',
    seed: 16,
    patches: [
      [
        'central/sync/epoch.ts',
        'if (epoch !== null && (epoch !== current.epoch || cursor > current.head)) throw new EpochChanged(current.epoch)',
        '',
      ],
    ],
  },
  {
    name: 'restore pulls over unsent work',
    seed: 5,
    patches: [
      [
        outbox,
        "`UPDATE outbox SET state = 'pending', code = NULL, deferred = 0 WHERE state = 'applied' OR dealt_at IS NULL`",
        "`UPDATE outbox SET state = 'applied' WHERE dealt_at IS NULL`",
      ],
    ],
  },
  {
    name: 'late answer applied to the wrong mutation',
    seed: 2,
    patches: [
      [
        exchange,
        'for (const answer of response.answers) outbox.answer(answer, response.now)',
        'const waiting = outbox.pending(BATCH)\n    for (const [at, answer] of response.answers.entries()) outbox.answer({ ...answer, id: waiting[at + 1]?.id ?? answer.id }, response.now)',
      ],
    ],
  },
  {
    name: 'number reissued by a copied file',
    seed: 4,
    patches: [
      [
        exchange,
        "return last !== null && last !== meta.get('last') && !outbox.has(last)",
        'return false && last === null && meta === outbox',
      ],
    ],
  },
  {
    name: 'let go before a backup has it',
    seed: 9,
    ops: OPS_A_WORLD,
    patches: [[outbox, 'purge.run(horizon, limit)', 'purge.run(Number.MAX_SAFE_INTEGER, limit)']],
  },
  {
    name: 'scope left without a word',
    seed: 32,
    ops: OPS_A_WORLD,
    patches: [
      [
        'central/cases/scopes.ts',
        'if (isOver(until)) leaving.push({ caseId, storeId: store })',
        'if (isOver(until) && leaving.push({ caseId, storeId: store }) > 0) return { ...row, storeId: null, team: "nobody" }',
      ],
    ],
  },
  {
    name: 'unknown field dropped by an older desk',
    seed: 2,
    patches: [
      [
        'central/cases/sql.ts',
        'const data = JSON.stringify(said)',
        'const data = JSON.stringify({ ...said, since2027: 1 })',
      ],
      [
        'electron/store/sync/take-changes.ts',
        'showCase(tables, change.caseId, change.events, { at, callers: brought, bytes: change.bytes',
        "showCase(tables, change.caseId, change.events.map((event) => Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'since2027')) as CaseEvent), { at, callers: brought, bytes: undefined",
      ],
    ],
  },
  {
    name: 'quarantine silently dropped',
    seed: 1,
    patches: [
      [
        batch,
        "entries.filter(({ outcome }) => outcome.status !== 'applied')",
        "entries.filter(({ outcome }) => outcome.status === 'refused')",
      ],
    ],
  },
]
