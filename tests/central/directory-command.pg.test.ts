/** The command by which a centre takes over its directory, as a person at central runs it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { selectAudit } from '../../central/audit/sql.ts'
import type { Db } from '../../central/db/db.ts'
import { openPostgres } from '../../central/db/postgres.ts'
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts'
import { createDatabase } from './support/drill-central.ts'

let server: PostgresServer
let databaseUrl: string
let db: Db
let folder: string
beforeAll(async () => {
  server = await startPostgres()
  databaseUrl = await createDatabase(server, 'central', 'demo')
  db = openPostgres(databaseUrl, { connections: 1 })
  folder = mkdtempSync(join(tmpdir(), 'sanxin-directory-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await db.close()
  await server.stop()
})

function run(...args: string[]) {
  const command = join(import.meta.dirname, '../../central/ops/directory.ts')
  const env = { ...process.env, SANXIN_CENTRAL_DATABASE_URL: databaseUrl }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

function fileOf(content: string | Uint8Array): string {
  const file = join(folder, 'directory.csv')
  writeFileSync(file, content)
  return file
}

const head = '编号,类别,名称,电话,时间,区县\n'
const names = async () =>
  (
    await db.tx('owner', (sql) =>
      sql.query<{ name: string }>(
        `select entry->>'name' as name from directory where not withdrawn and id like 'T-%' order by id`,
      ),
    )
  ).map(({ name }) => name)
const imports = async () =>
  (await db.tx('owner', (sql) => selectAudit(sql, 0, 1000)))
    .filter(({ action }) => action === 'directory.imported')
    .map(({ actor, detail }) => ({ actor, detail: JSON.parse(detail) as unknown }))

test('A1 what is imported reaches the directory, and who did it the audit; the same once more changes nothing', async () => {
  const file = fileOf(`${head}T-1,单位,市测试一局,值班:3500301,,\nT-2,单位,市测试二局,3500302,,\n`)
  const first = run('import', file)
  expect([first.status, JSON.parse(first.stdout)]).toMatchObject([
    0,
    { event: 'imported', encoding: 'utf-8', changed: 2 },
  ])
  expect(JSON.parse(run('import', file).stdout)).toMatchObject({ changed: 0 })
  expect(await names()).toEqual(['市测试一局', '市测试二局'])
  expect(await imports()).toEqual(
    [2, 0].map((changed) => ({
      actor: expect.stringMatching(/^ops:./),
      detail: { entries: 2, changed, withdrawn: 0, whole: false },
    })),
  )
})

test('a file of which one line is wrong, that is no text, or is not there leaves the directory as it was', async () => {
  const [before, told] = [await names(), await imports()]
  const half = run('import', fileOf(`${head}T-3,单位,市测试三局,3500303,,\nT-4,单位,市测试四局,打电话,,\n`))
  expect(half.status).toBe(1)
  expect(half.stderr).toContain('3: ')
  expect(half.stderr).toContain('没有导入任何内容')
  const twice = run('import', fileOf(`${head}T-3,单位,市测试三局,3500303,,\nT-4,单位,市测试三局,3500304,,\n`))
  expect([twice.status, twice.stderr]).toEqual([1, expect.stringContaining('单位重名')])
  const binary = run('import', fileOf(Uint8Array.from([0xff, 0xff, 0x80, 0x80])))
  expect([binary.status, binary.stderr]).toEqual([1, expect.stringContaining('GB18030')])
  expect(run('import', join(folder, 'nowhere.csv'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('读不了文件'),
  })
  for (const args of [[], ['import'], ['delete', 'x'], ['import', 'x', '--all']]) expect(run(...args).status).toBe(2)
  expect([await names(), await imports()]).toEqual([before, told])
})

test('a table in GB18030, as spreadsheets write it, is read as one', () => {
  // 编号,类别,名称,电话 / T-5,单位,局,3500305
  const gb = (hex: string) => Buffer.from(hex, 'hex')
  const comma = Buffer.from(',')
  const line = (...cells: Buffer[]) =>
    Buffer.concat([...cells.flatMap((cell, index) => (index === 0 ? [cell] : [comma, cell])), Buffer.from('\n')])
  const table = Buffer.concat([
    line(gb('b1e0bac5'), gb('c0e0b1f0'), gb('c3fbb3c6'), gb('b5e7bbb0')),
    line(Buffer.from('T-5'), gb('b5a5cebb'), gb('bed6'), Buffer.from('3500305')),
  ])
  const { status, stdout } = run('import', fileOf(table))
  expect([status, JSON.parse(stdout)]).toMatchObject([0, { encoding: 'gb18030', changed: 1 }])
})
