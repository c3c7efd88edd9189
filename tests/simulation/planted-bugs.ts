/** Bugs that the simulation must catch: each is written into a copy of the sources, and a run of it must fail. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Patch = readonly [file: string, from: string, to: string]
export type Bug = { readonly name: string; readonly patches: readonly Patch[] }

const decide = 'shared/case/decide.ts'
const outbox = 'electron/store/db/outbox.ts'
const batch = 'central/sync/batch.ts'
const exchange = 'electron/store/sync/exchange.ts'

export const plantedBugs: readonly Bug[] = [
  {
    name: 'page of /live taken wherever the desk stands',
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
    patches: [
      ['shared/sync/protocol.ts', 'export const PAGE = 500', 'export const PAGE = 5'],
      ['central/sync/pull.ts', 'const cursor = more ? (page.at(-1)?.seq ?? head) : head', 'const cursor = head'],
    ],
  },
  {
    name: 'duplicate check lost on restart',
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
    patches: [
      [
        'electron/store/store.ts',
        'const token = who?.token\n      who = null',
        "const token = who?.token\n      who = null\n      db.exec(`DELETE FROM outbox WHERE state = 'pending'`)",
      ],
    ],
  },
  {
    name: 'half of a batch applied',
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
    patches: [[outbox, 'AND NOT deferred ORDER BY seq LIMIT ?', 'AND NOT deferred ORDER BY created_at, id LIMIT ?']],
  },
  {
    name: 'merge by single field',
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
    patches: [[decide, "if (edits.length > 0 && isStale(record, 'reply', context)) return ok(edits)", '']],
  },
  {
    name: 'a late reply is taken without its state',
    patches: [
      [decide, 'if (mode === null || record.state === stateAfter[mode]) return ok([settled])', 'return ok([settled])'],
    ],
  },
  {
    name: 'a choice is told before it is kept',
    patches: [['electron/store/late-list.ts', "add({ kind: 'case', command, caller: null }, author, at)", '']],
  },
  {
    name: 'refused command blocks others',
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
    patches: [[outbox, 'purge.run(horizon, limit)', 'purge.run(Number.MAX_SAFE_INTEGER, limit)']],
  },
  {
    name: 'scope left without a word',
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
    patches: [
      [
        'central/cases/sql.ts',
        'return { ...stored, caseId, revision, data: JSON.stringify(data) }',
        'return { ...stored, caseId, revision, data: JSON.stringify({ ...data, since2027: 1 }) }',
      ],
      [
        'electron/store/sync/take-changes.ts',
        'showCase(tables, change.caseId, change.events, at)',
        "showCase(tables, change.caseId, change.events.map((event) => Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'since2027')) as CaseEvent), at)",
      ],
    ],
  },
  {
    name: 'quarantine silently dropped',
    patches: [
      [
        batch,
        "entries.filter(({ outcome }) => outcome.status !== 'applied')",
        "entries.filter(({ outcome }) => outcome.status === 'refused')",
      ],
    ],
  },
]

const root = join(import.meta.dirname, '../..')

function plant(folder: string, { name, patches }: Bug): void {
  for (const part of ['electron', 'shared', 'central', 'tests/simulation', 'tests/support', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [file, from, to] of patches) {
    const source = readFileSync(join(folder, file), 'utf8')
    if (!source.includes(from)) throw new Error(`«${name}» no longer fits ${file}`)
    writeFileSync(
      join(folder, file),
      source.replace(from, () => to),
    )
  }
}

/** A world of few desks shows a bug as well, and is played in a fraction of the time. */
const MOST_DESKS = '5'

/** Whether a run of the sources with this bug in them fails; `ops` steps at most, from this seed on. */
export async function isCaught(bug: Bug, central: string, ops: number, seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sanxin-planted-'))
  try {
    plant(folder, bug)
    const hook = join(folder, 'tests/support/sql-text.ts')
    const main = join(folder, 'tests/simulation/main.ts')
    const what = ['--central', central, '--ops', String(ops), '--seed', String(seed)]
    const args = ['--import', hook, main, ...what, '--most-desks', MOST_DESKS, '--until-broken', '--no-bugs']
    return await new Promise((resolve, reject) => {
      execFile(process.execPath, args, (_error, stdout, stderr) => {
        // Caught is what the rules of the simulation say; a program that does not even run says nothing.
        const said = /"ok":(true|false)/.exec(stdout)?.[1]
        if (said === undefined) reject(new Error(`«${bug.name}» did not run: ${stderr.slice(0, 400)}`))
        else resolve(said === 'false')
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
