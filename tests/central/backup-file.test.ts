/** The file of a backup: there only when it is whole, read by its owner alone, and told apart from one that was changed. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { FileRefused, openBackupFile, writeBackupFile } from '../../central/ops/backup-file.ts'
import { forTools } from '../../central/db/database-url.ts'
import { ToolFailed, withoutRows } from '../../central/ops/tools.ts'
import { folder } from './support/drill-desk.ts'

const pour = (words: string) => async (into: Writable) => {
  into.end(words)
  await finished(into)
}

const readBack = async (file: string): Promise<string> => text((await openBackupFile(file)).read())

it('R5.17 what was written is read back, and its owner alone can read it', async () => {
  const file = join(folder(), 'b')
  const bytes = await writeBackupFile(file, pour('全部'))
  expect(await readBack(file)).toBe('全部')
  const { mode, size } = statSync(file)
  expect([mode & 0o777, size]).toEqual([0o600, bytes])
})

it('R5.17 how far it is looked through, and then read, is told of all its bytes', async () => {
  const file = join(folder(), 'b')
  await writeBackupFile(file, pour('全部'))
  const said: [string, number, number][] = []
  const { read } = await openBackupFile(file, { heard: (what, of) => (bytes) => said.push([what, bytes, of]) })
  expect(await text(read())).toBe('全部')
  expect(said).toEqual([
    ['checking', 6, 6],
    ['restoring', 6, 6],
  ])
})

it('R5.17 a file that is there is not written over', async () => {
  const file = join(folder(), 'b')
  await writeBackupFile(file, pour('昨天'))
  await expect(writeBackupFile(file, pour('今天'))).rejects.toThrow(FileRefused)
  // Also where it comes while another run writes.
  const other = join(folder(), 'c')
  const overtaken = writeBackupFile(other, async (into) => {
    await writeBackupFile(other, pour('先到'))
    await pour('后到')(into)
  })
  await expect(overtaken).rejects.toThrow(FileRefused)
  expect([await readBack(file), await readBack(other)]).toEqual(['昨天', '先到'])
})

it('R5.17 where it fails in the middle there is no file, and nothing else is left', async () => {
  const place = folder()
  const fails = async (into: Writable) => {
    await pour('一半')(into)
    throw new ToolFailed('disk full')
  }
  await expect(writeBackupFile(join(place, 'b'), fails)).rejects.toThrow('disk full')
  expect(readdirSync(place)).toEqual([])
})

it('R5.17 a file in which anything was changed is refused', async () => {
  const file = join(folder(), 'b')
  await writeBackupFile(file, pour('abcdef'))
  const whole = readFileSync(file)
  for (const place of [0, 3, 5, whole.length - 10]) {
    const changed = Buffer.from(whole)
    changed[place] = (changed[place] ?? 0) ^ 1
    writeFileSync(file, changed)
    await expect(openBackupFile(file), String(place)).rejects.toThrow('SHA-256')
  }
})

it('R5.17 a file without its line is refused, however it lost it, unless it is wanted unchecked; one with it is checked', async () => {
  const file = join(folder(), 'b')
  await writeBackupFile(file, pour('abcdef'))
  const whole = readFileSync(file)
  expect((await openBackupFile(file, { unchecked: true })).checked).toBe(true)
  const changed = Buffer.from(whole)
  changed[3] = (changed[3] ?? 0) ^ 1
  writeFileSync(file, changed)
  await expect(openBackupFile(file, { unchecked: true })).rejects.toThrow('SHA-256')
  for (const lost of [Buffer.concat([changed, Buffer.from('\n')]), whole.subarray(0, -1), Buffer.from('abc')]) {
    writeFileSync(file, lost)
    await expect(openBackupFile(file)).rejects.toThrow('--unchecked')
    const { read, checked } = await openBackupFile(file, { unchecked: true })
    expect([await text(read()), checked]).toEqual([lost.toString(), false])
  }
})

it('R5.17 the password is not among the words of a command line, wherever it stood in the URL', () => {
  expect(forTools('postgres://sanxin:p%40ss@db1:5432,db2:5432/central')).toEqual({
    dbname: 'postgres://sanxin@db1:5432,db2:5432/central?target_session_attrs=primary',
    env: { PGPASSWORD: 'p@ss' },
  })
  expect(forTools('postgresql://db1/central?user=sanxin&password=geheim&sslmode=require')).toEqual({
    dbname: 'postgresql://db1/central?user=sanxin&sslmode=require&target_session_attrs=primary',
    env: { PGPASSWORD: 'geheim' },
  })
  expect(forTools('postgres://sanxin@db1/central').env).toEqual({})
})

it('R5.17 what a tool says of a row that it stumbled over is left out', () => {
  const said = [
    'pg_restore: error: COPY failed for table "callers": ERROR:  invalid input syntax for type uuid: "13800138000"',
    'CONTEXT:  COPY callers, line 1, column caller_id: "13800138000"',
    'DETAIL:  Key (phone)=(13800138000) already exists.',
  ].join('\n')
  expect(withoutRows(said)).toBe(
    'pg_restore: error: COPY failed for table "callers": ERROR:  invalid input syntax for type uuid: …',
  )
})

it('R5.17 nor are the further lines of that row, until the tool speaks again', () => {
  const said = [
    'pg_restore: error: could not execute query: ERROR:  duplicate key value violates unique constraint "cases_pkey"',
    'DETAIL:  Failing row contains (楼下施工',
    '电话 13800138000, 张三).',
    'HINT:  13800138000',
    'pg_restore: error: COPY failed for table "cases": ERROR:  invalid input syntax for type json: "楼下施工',
    '张三"',
    'pg_restore: warning: errors ignored on restore: 2',
  ]
  const [first = '', , , , , , last = ''] = said
  const cut = 'pg_restore: error: COPY failed for table "cases": ERROR:  invalid input syntax for type json: …'
  expect(withoutRows(said.join('\n'))).toBe([first, cut, last].join('\n'))
})
