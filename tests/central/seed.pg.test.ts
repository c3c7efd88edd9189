import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Db } from '../../central/db/db.ts'
import { migrate } from '../../central/db/migrate.ts'
import { openPglite } from '../../central/db/pglite.ts'
import { seedArticles } from '../../central/kb/seed.ts'
import { DEMO_TOTP_SECRET, demoPeople } from '../../central/people/demo.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { seedDemoPeople } from '../../central/people/service.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let db: Db
let folder: string
beforeAll(async () => {
  db = await openPglite()
  await migrate(db)
  folder = await mkdtemp(join(tmpdir(), 'sanxin-seed-'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const article = {
  version: 1,
  title: '8路',
  body: '首班 6:30',
  source: 's',
  unit: 'u',
  validUntil: '2027-01-01',
  district: null,
  questions: [],
}
const family = (articles: object[]) => JSON.stringify({ family: 'bus-lines', name: '公交线路', articles })

it('articles: loaded once, the same again changes nothing, what is broken is logged and left out', async () => {
  const logged: [string, unknown][] = []
  const load = () => seedArticles(db, (event, data) => logged.push([event, data]), folder)
  await writeFile(
    join(folder, 'a.json'),
    family([
      { id: 'KB-1', ...article },
      { id: 'KB-2', ...article, title: '' },
    ]),
  )
  await writeFile(join(folder, 'b.json'), '{"half":')
  expect(await load()).toEqual({ articles: 1, changed: 1 })
  expect(logged.toSorted(([one], [other]) => one.localeCompare(other))).toEqual([
    ['articleRefused', { file: 'a.json', index: 1, field: 'title' }],
    ['articlesUnreadable', { file: 'b.json' }],
  ])
  expect(await load()).toEqual({ articles: 1, changed: 0 })
  await writeFile(join(folder, 'a.json'), family([{ id: 'KB-1', ...article, version: 2 }]))
  expect(await load()).toEqual({ articles: 1, changed: 1 })
  expect(await seedArticles(db, () => undefined, join(folder, 'missing'))).toEqual({ articles: 0, changed: 0 })
})

it('people: ten of the centre and two of a unit, hashed once', async () => {
  expect(demoPeople.map(({ staffNo, name }) => `${staffNo} ${name}`)).toEqual([
    ...['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '1009'].map(
      (staffNo) => `${staffNo} 坐席 ${staffNo}`,
    ),
    '1010 班长 1010',
  ])
  expect(await seedDemoPeople(db, { now: () => 1 })).toBe(12)
  expect(await seedDemoPeople(db, { now: () => 1 })).toBe(0)
})

it('people: the monitor of a demo from before there were codes is given the demo’s secret, and keeps one of her own', async () => {
  const secretAfter = async (before: string | null) => {
    await db.tx('owner', (sql) =>
      sql.query(`update staff set totp_secret = $1::text where staff_no in ('1001', '1010')`, [before]),
    )
    await seedDemoPeople(db, { now: () => 1 })
    const rows = await db.tx('owner', (sql) =>
      sql.query<{ secret: string | null }>(
        `select totp_secret as secret from staff where staff_no in ('1001', '1010') order by staff_no`,
      ),
    )
    return rows.map(({ secret }) => secret)
  }
  const [operator, monitor] = await secretAfter(null)
  expect([operator, demoSeal.open(monitor ?? '', '1010')]).toEqual([null, DEMO_TOTP_SECRET])
  const own = demoSeal.seal('OWN', '1010')
  expect(await secretAfter(own)).toEqual([own, own])
})
