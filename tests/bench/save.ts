/** How long a save takes until it may be called saved, against the least that any disk asks for that. */
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { createStore } from '../../electron/store/store.ts'
import { quickKey } from '../store/quick-key.ts'
import { openStore } from '../../electron/store/open.ts'
import { fail, must, ok } from '../../shared/errors.ts'
import { fullForm } from '../store/store-fixture.ts'
import { median, plainFigure, ratioFigure, type Figure } from './figures.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { noCases, noLedger } from '../store/no-cases.ts'

const ROUNDS = 400
const WARM_UP = 40
const COUNTED = 20
/** Times an overwritten page, at the most. */
const MOST = 3
/** Nobody saves twice in a moment: before each of them the disk, and the processor, had nothing to do. In ms. */
const PAUSE_MS = 20
const PAGE = 4096
const FRAME_HEADER = 24
/** On the disk that the project lies on: a folder in memory would ask nothing. */
const place = join(import.meta.dirname, '../../.bench')

/** A store that is signed in; central is away, as it may be in any call. */
async function openDesk(dir: string) {
  const away = () => Promise.resolve(fail('centralUnreachable'))
  const { db } = await openStore({ dir, nativeBinding: null, now: Date.now() })
  const answer = createStore({
    // Her password is none of what is measured.
    derive: quickKey,
    db,
    client: {
      cases: noCases,
      ledger: noLedger,
      changePassword: away,
      enrol: () => Promise.resolve(ok({ deviceId: 'desk', secret: 'secret', deskCode: 'A1' })),
      signIn: (_device, { staffNo }) =>
        Promise.resolve(
          ok({
            token: 'token',
            session: '01890a5d-ac96-4000-8000-000000000001',
            expiresAt: 0,
            operator: { staffNo, name: staffNo, role: 'operator' },
            deskCode: 'A1',
            numberPlan: defaultNumberPlan,
            line: { extension: staffNo, password: '', domain: '' },
          }),
        ),
      issuer: away,
      signInByIssuer: away,
      desk: away,
      signOut: away,
      ofCaller: away,
      answeredCalls: away,
      sync: away,
    },
    live: () => ({ open: () => {}, close: () => {}, sendStatus: () => {} }),
    clock: { now: () => Date.now() },
    ids: { next: uuidv7 },
    timers: { after: () => () => {} },
    publish: () => {},
  })
  await answer('device.enrol', { code: 'x' })
  await answer('store.signIn', { staffNo: '1003', password: 'x' })
  return { db, answer }
}

/** One page overwritten and synced. */
function openFloor(dir: string) {
  const page = Buffer.alloc(PAGE, 1)
  const file = openSync(join(dir, 'floor'), 'w')
  return {
    overwrite: () => {
      writeSync(file, page, 0, PAGE, 0)
      fdatasyncSync(file)
    },
    close: () => closeSync(file),
  }
}

/** As many pages as this, committed by SQLite as it is set for the store, with nothing else to do. */
function openBare(dir: string, pages: number) {
  const db = new Database(join(dir, 'bare.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE pages (at INTEGER PRIMARY KEY, bytes BLOB NOT NULL)')
  const add = db.prepare('INSERT INTO pages VALUES (?, zeroblob(3500))')
  const set = db.prepare('UPDATE pages SET bytes = ? WHERE at = ?')
  const each = (run: (at: number) => void) => db.transaction(() => Array.from({ length: pages }, (_, at) => run(at)))()
  each((at) => add.run(at))
  const bytes = [1, 2].map((fill) => Buffer.alloc(3500, fill))
  return { commit: (round: number) => each((at) => set.run(bytes[round % 2], at)), close: () => db.close() }
}

type Took = Readonly<Record<'floor' | 'save' | 'bare', number[]>>

/** `npm run bench -- save`: a case saved, p50, against one page overwritten and synced in the same folder. */
export async function benchSave(): Promise<Figure[]> {
  mkdirSync(place, { recursive: true })
  const dir = mkdtempSync(join(place, 'save-'))
  const { db, answer } = await openDesk(dir)
  const save = async (round: number) => {
    const form = { ...fullForm, content: `第 ${round} 件` }
    const saved = await answer('case.save', { caseId: uuidv7(), callId: null, form })
    must(saved.ok ? true : null, 'a save')
  }
  for (let round = 0; round < WARM_UP; round++) await save(round)
  db.pragma('wal_checkpoint(TRUNCATE)')
  for (let round = 0; round < COUNTED; round++) await save(round)
  const pages = Math.round(statSync(join(dir, 'store.sqlite-wal')).size / (PAGE + FRAME_HEADER) / COUNTED)

  const [floor, bare] = [openFloor(dir), openBare(dir, pages)]
  /** In turns, each of them after such a pause. */
  async function inTurns(pauseMs: number): Promise<Took> {
    const took: Took = { floor: [], save: [], bare: [] }
    const timed = async (what: keyof Took, work: () => unknown) => {
      if (pauseMs > 0) await wait(pauseMs)
      const before = performance.now()
      await work()
      took[what].push(performance.now() - before)
    }
    floor.overwrite()
    for (let round = 0; round < ROUNDS; round++) {
      await timed('floor', floor.overwrite)
      await timed('save', () => save(round))
      await timed('bare', () => bare.commit(round))
    }
    return took
  }
  try {
    const paused = figureOf(ratioFigure, 'case saved, p50', await inTurns(PAUSE_MS), pages)
    // Nobody waits for it so, but it is what the processor has to do with it.
    return [paused, figureOf(plainFigure, 'the same, one right behind the other', await inTurns(0), pages)]
  } finally {
    db.close()
    bare.close()
    floor.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

type Make = (name: string, unit: string, value: number, baseline: number, most: number) => Figure

function figureOf(make: Make, name: string, took: Took, pages: number): Figure {
  const [floor, alone] = [median(took.floor), median(took.bare)]
  const note = `${pages} pages of the log; SQLite alone commits as many in ${alone.toFixed(2)} ms (${(alone / floor).toFixed(2)})`
  return { ...make(name, 'ms', median(took.save), floor, MOST), note }
}
