/** Whatever was acknowledged stands on the disk, however often the store is killed in the middle of its work. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openStore } from '../../electron/store/open.ts'
import { missing } from './standing.ts'
import { newFolder, preparedFolder, victim } from './victim-process.ts'

/** 100 here; SANXIN_KILLS sets more for the long run. */
const KILLS = Number(process.env['SANXIN_KILLS'] ?? 100)

/** Lets the store work until it has acknowledged so many things, then kills it; answers what it acknowledged. */
async function killAfter(
  dir: string,
  env: NodeJS.ProcessEnv,
  first: number,
  acknowledgements: number,
): Promise<string[]> {
  const child = spawn(process.execPath, [...victim, dir, String(first)], { stdio: ['ignore', 'pipe', 'pipe'], env })
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

test(
  `S1.3 killed ${KILLS} times under load, the store has lost nothing that it acknowledged, and nothing stands by half`,
  async () => {
    const { env } = preparedFolder()
    // Not the one in which there was peace: the first kill meets a new file.
    const dir = newFolder()
    let first = 0
    let acknowledged = 0
    for (let kill = 0; kill < KILLS; kill++) {
      // Now after one acknowledgement, now after seventy: the kill falls on every kind of write.
      const heard = await killAfter(dir, env, first, 1 + ((kill * 37) % 71))
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
           (SELECT count(DISTINCT case_no) FROM cases) AS numbers`,
      )
      .get() as { cases: number; sent: number; marked: number; numbers: number }
    db.close()
    expect(halves).toEqual({ cases: halves.cases, sent: halves.cases, marked: halves.cases, numbers: halves.cases })
    console.log(`${KILLS} kills, ${acknowledged} acknowledgements, ${halves.cases} cases: none lost`)
  },
  KILLS * 12_000,
)
