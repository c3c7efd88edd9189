/** Whatever was acknowledged stands on the disk, however often the store is killed in the middle of its work. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../electron/store/open.ts'

/** 100 here; SANXIN_KILLS sets more for the long run. */
const KILLS = Number(process.env['SANXIN_KILLS'] ?? 100)
const victim = ['--import', join(import.meta.dirname, '../support/sql-text.ts'), join(import.meta.dirname, 'victim.ts')]

/** Lets the store work until it has acknowledged so many things, then kills it; answers what it acknowledged. */
async function killAfter(dir: string, first: number, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, [...victim, dir, String(first)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)))
  let trouble = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text))
  const heard: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    heard.push(line)
    if (heard.length > acknowledgements) child.kill('SIGKILL')
  })
  expect(await gone, trouble).toBe('SIGKILL')
  return heard
}

/** What of these acknowledgements does not stand in the file. */
async function missing(dir: string, heard: readonly string[]): Promise<string[]> {
  const { db, putAside } = await openStore({ dir, nativeBinding: null, now: 1 })
  try {
    expect(putAside).toBeNull()
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const of = (sql: string) => db.prepare<[string], { n: number }>(sql)
    const draft = of('SELECT count(*) AS n FROM drafts WHERE case_id = ?')
    const opened = of(
      `SELECT count(*) AS n FROM outbox WHERE case_id = ? AND mutation ->> '$.body.command.type' = 'case.open'`,
    )
    const shown = of('SELECT count(*) AS n FROM cases WHERE case_id = ?')
    const fact = of(
      `SELECT count(*) AS n FROM outbox WHERE mutation ->> '$.body.fact.callId' = ? AND mutation ->> '$.body.fact.kind' = 'offered'`,
    )
    const call = of('SELECT count(*) AS n FROM calls WHERE call_id = ?')
    const stands: Record<string, (id: string) => boolean> = {
      ready: () => true,
      draft: (id) => draft.get(id)?.n === 1,
      case: (id) => opened.get(id)?.n === 1 && shown.get(id)?.n === 1,
      fact: (id) => fact.get(id)?.n === 1 && call.get(id)?.n === 1,
    }
    return heard.filter((line) => {
      const [kind = '', id = ''] = line.split(' ')
      return stands[kind]?.(id) !== true
    })
  } finally {
    db.close()
  }
}

test(
  `S1.3 killed ${KILLS} times under load, the store has lost nothing that it acknowledged, and nothing stands by half`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sanxin-kill-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    let first = 0
    let acknowledged = 0
    for (let kill = 0; kill < KILLS; kill++) {
      // Now after one acknowledgement, now after seventy: the kill falls on every kind of write.
      const heard = await killAfter(dir, first, 1 + ((kill * 37) % 71))
      expect(await missing(dir, heard)).toEqual([])
      first += heard.length
      acknowledged += heard.length
    }
    const { db } = await openStore({ dir, nativeBinding: null, now: 1 })
    const halves = db
      .prepare(
        `SELECT (SELECT count(*) FROM cases) AS cases,
           (SELECT count(DISTINCT case_id) FROM outbox WHERE case_id IS NOT NULL) AS sent,
           (SELECT count(*) FROM drafts WHERE case_no IS NOT NULL) AS marked,
           (SELECT count(DISTINCT record ->> '$.caseNo') FROM cases) AS numbers`,
      )
      .get() as { cases: number; sent: number; marked: number; numbers: number }
    db.close()
    expect(halves).toEqual({ cases: halves.cases, sent: halves.cases, marked: halves.cases, numbers: halves.cases })
    console.log(`${KILLS} kills, ${acknowledged} acknowledgements, ${halves.cases} cases: none lost`)
  },
  KILLS * 6_000,
)
