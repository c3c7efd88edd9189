/** Whatever ends the putting aside of a broken file in its middle, the next start goes on with it. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { openStore, suspect } from '../../electron/store/open.ts'
import { moveAside, owe, owedAside, takeOverOnce } from '../../electron/store/put-aside.ts'
import { fullForm, openFixture, signedIn } from './store-fixture.ts'

/** A folder as a kill leaves it: a suspect file, and a log that holds what was saved last. */
async function killed(): Promise<string> {
  const store = await signedIn(await openFixture())
  store.central.reachable = false
  store.db.pragma('wal_checkpoint(TRUNCATE)')
  await store.ask('case.save', { caseId: uuidv7(), callId: null, form: fullForm })
  const dir = join(store.dir, 'killed')
  mkdirSync(dir)
  for (const side of ['', '-wal'])
    copyFileSync(join(store.dir, `store.sqlite${side}`), join(dir, `store.sqlite${side}`))
  store.db.close()
  suspect(dir)
  return dir
}

const options = (dir: string, now: number) => ({ dir, nativeBinding: null, now })

/** Opens it, and says how many of the two words that wait came over. */
async function openAgain(dir: string): Promise<{ readonly aside: string | null; readonly waiting: number }> {
  const { db, putAside } = await openStore(options(dir, 9))
  const waiting = db.prepare(`SELECT 1 FROM outbox WHERE state = 'pending'`).all().length
  db.close()
  return { aside: putAside, waiting }
}

const fileOf = (dir: string) => join(dir, 'store.sqlite')

describe('S6.9 a start goes on where another ended', () => {
  const steps: Record<string, (dir: string) => Promise<void> | void> = {
    'before its note stood': () => {},
    'when its note stood': (dir) => void owe(fileOf(dir), 2),
    'while its note was written': (dir) => {
      owe(fileOf(dir), 2)
      writeFileSync(`${fileOf(dir)}.owed`, 'store.sq')
    },
    'when the log was moved, and the file was not': (dir) => {
      const { path } = owe(fileOf(dir), 2)
      renameSync(`${fileOf(dir)}-wal`, `${path}-wal`)
    },
    'when all was moved': (dir) => moveAside(fileOf(dir), owe(fileOf(dir), 2)),
    'when a new file stood, and nothing in it': async (dir) => {
      const aside = owe(fileOf(dir), 2)
      moveAside(fileOf(dir), aside)
      const note = readFileSync(`${fileOf(dir)}.owed`)
      const { db } = await openStore(options(join(dir, 'new'), 2))
      db.close()
      renameSync(join(dir, 'new', 'store.sqlite'), fileOf(dir))
      writeFileSync(`${fileOf(dir)}.owed`, note)
    },
  }
  test.each(Object.keys(steps))('%s', async (when) => {
    const dir = await killed()
    const whole = readFileSync(fileOf(dir))
    await steps[when]?.(dir)
    const { aside, waiting } = await openAgain(dir)
    expect(waiting).toBe(2)
    expect(aside).toMatch(/broken-[29]$/)
    expect(readFileSync(aside ?? '').equals(whole)).toBe(true)
    expect(readdirSync(dir).filter((name) => /owed|suspect/.test(name))).toEqual([])
    // And it is over then.
    expect(await openAgain(dir)).toEqual({ aside: null, waiting: 2 })
  })
})

test('S6.9 where the new file cannot be made it is said, and what can be read comes over once it can', async () => {
  const dir = await killed()
  moveAside(fileOf(dir), owe(fileOf(dir), 2))
  // No journal can be written: the new file cannot even be begun.
  mkdirSync(`${fileOf(dir)}-journal`)
  await expect(openStore(options(dir, 3))).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' })
  rmdirSync(`${fileOf(dir)}-journal`)
  expect(await openAgain(dir)).toEqual({ aside: join(dir, 'store.sqlite.broken-2'), waiting: 2 })
})

test('S6.9 a taking over that fails is tried again as often as it takes', async () => {
  const dir = await killed()
  const aside = owe(fileOf(dir), 2)
  const fails = () =>
    takeOverOnce(fileOf(dir), aside, () => {
      throw new Error('no room')
    })
  for (let time = 0; time < 9; time++) expect(fails).toThrow('no room')
  expect(owedAside(fileOf(dir))).toEqual(aside)
})

test('S6.9 a file whose reading ended the process three times is left, and the desk works on without it', async () => {
  const dir = await killed()
  const { path } = owe(fileOf(dir), 2)
  takeOverOnce(fileOf(dir), { path, deaths: 0 }, () => {
    // As a process sees it that ends here.
    expect(owedAside(fileOf(dir))).toEqual({ path, deaths: 1 })
    return null
  })
  writeFileSync(`${fileOf(dir)}.owed`, 'store.sqlite.broken-2...')
  expect(await openAgain(dir)).toEqual({ aside: path, waiting: 0 })
  expect(existsSync(path)).toBe(true)
  expect(await openAgain(dir)).toEqual({ aside: null, waiting: 0 })
})
