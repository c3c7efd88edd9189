/** What the member units have at central comes back from a backup, on a server that has seen none of it. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'
import { backUp } from '../../central/ops/backup.ts'
import { restore } from '../../central/ops/restore.ts'
import { startPostgres } from '../contract/postgres-server.ts'
import { mine, openUnitOffice, PNG } from '../contract/unit-office.ts'
import { createDatabase } from './support/drill-central.ts'
import { folder } from './support/drill-desk.ts'

test('U9 a backup brings files and drafts along, with the rights to them', async () => {
  const [old, fresh] = [await startPostgres(), await startPostgres(null, { bare: true })]
  onTestFinished(async () => {
    for (const server of [old, fresh]) await server.stop()
  })
  const url = await createDatabase(old)
  const office = await openUnitOffice(openPostgres(url, { connections: 4 }))
  const caseId = await office.inHand()
  const cookie = await office.signIn()
  const sent = (await office.put(cookie, caseId, PNG)).json<{ attachmentId: string }>().attachmentId
  const draft = { method: 'PUT' as const, payload: { text: '写到一半' } }
  await office.ask(cookie, `/unit/drafts/${caseId}/answer`, draft)
  const file = join(folder(), 'central.backup')
  await backUp(url, file)
  await office.close()

  const newUrl = fresh.url.replace(/postgres$/, 'central')
  await restore(newUrl, file, Date.now())
  const db = openPostgres(newUrl, { connections: 2 })
  onTestFinished(() => db.close())
  const actor = { staffNo: mine, role: 'unitMember', unit: 'U-CG' } as const
  const read = <Row>(text: string, who: object) => db.tx('sanxin_unit', (sql) => sql.query<Row>(text), who)
  const files = `select attachment_id::text as id, encode(data, 'hex') as bytes from attachments`
  expect(await read(files, actor)).toEqual([{ id: sent, bytes: PNG.toString('hex') }])
  expect(await read('select text from unit_drafts', actor)).toEqual([{ text: '写到一半' }])
  expect(await read('select staff_no as "staffNo" from unit_members()', actor)).toContainEqual({ staffNo: '3001' })
  expect(await read('select 1 from attachments', { ...actor, unit: 'U-SW' })).toEqual([])
  expect(await read('select 1 from unit_drafts', { ...actor, staffNo: '3001' })).toEqual([])
})
