/** A search taken away as a table: a whole file, or none. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCaseTable } from '../../electron/store/case-table.ts'
import { createCentralClient } from '../../electron/store/sync/central-client.ts'
import { caseQuerySchema } from '../../shared/case/case-line.ts'

const query = caseQuerySchema.parse({ words: '噪音' })

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'table-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A central that answers so, on a wire of its own. */
async function central(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const said: number[] = []
  let time = 0
  const client = createCentralClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const save = createCaseTable({
    client: client.cases,
    // Each look at the clock is a second later.
    now: () => (time += 1000),
    progress: (bytes) => said.push(bytes),
  })
  return { save, said }
}

test('the file is what central sent, and how far it is was said meanwhile', async () => {
  const dir = folder()
  const asked: (string | undefined)[] = []
  const { save, said } = await central((request, response) => {
    asked.push(request.url, request.headers.authorization)
    response.write('工单号\r\n')
    response.end('JM1\r\n')
  })
  const path = join(dir, 'cases.csv')
  writeFileSync(path, 'the one of yesterday')
  expect(await save({ query, as: 'csv', path }, 'hers')).toMatchObject({ ok: true })
  expect(readFileSync(path, 'utf8')).toBe('工单号\r\nJM1\r\n')
  expect(asked).toEqual(['/cases/export?as=csv', 'Bearer hers'])
  expect(said.at(-1)).toBe(Buffer.byteLength('工单号\r\nJM1\r\n'))
  expect(readdirSync(dir)).toEqual(['cases.csv'])
})

test('what breaks off in the middle leaves nothing, and what stood there before', async () => {
  const dir = folder()
  const { save } = await central((_request, response) => {
    response.write('half a table')
    setImmediate(() => response.destroy())
  })
  const path = join(dir, 'cases.xlsx')
  writeFileSync(path, 'the one of yesterday')
  expect(await save({ query, as: 'xlsx', path }, 'hers')).toMatchObject({ error: { code: 'centralUnreachable' } })
  expect([readdirSync(dir), readFileSync(path, 'utf8')]).toEqual([['cases.xlsx'], 'the one of yesterday'])
})

test('central’s refusal is its word; a place that takes no file is the disk’s', async () => {
  const refusing = await central((_request, response) => void response.writeHead(403).end('{"code":"forbidden"}'))
  const path = join(folder(), 'cases.csv')
  expect(await refusing.save({ query, as: 'csv', path }, 'hers')).toMatchObject({ error: { code: 'forbidden' } })
  const { save } = await central((_request, response) => void response.end('x'))
  const nowhere = join(folder(), 'gone', 'cases.csv')
  expect(await save({ query, as: 'csv', path: nowhere }, 'hers')).toMatchObject({ error: { code: 'diskFailed' } })
})
