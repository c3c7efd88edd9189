/** Which server a pool speaks to, and how hard it tries. */
import { createServer, type AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { openPostgres } from '../../central/db/postgres.ts'

/** A server that hangs up on whoever comes; `calls` is how many did. */
async function startRefusing() {
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, calls: () => calls }
}

it('D15 where no host is the primary, a pool asks each in turn and without haste', async () => {
  const [one, other] = [await startRefusing(), await startRefusing()]
  const url = `postgres://nobody@127.0.0.1:${one.port},127.0.0.1:${other.port}/central`
  const db = openPostgres(url, { connections: 1, waitMs: 1000 })
  await expect(db.tx('owner', (sql) => sql.query('select 1'))).rejects.toMatchObject({ code: 'dbUnavailable' })
  expect(one.calls()).toBeGreaterThan(1)
  expect(other.calls()).toBeGreaterThan(1)
  // Without a pause there are hundreds in this second.
  expect(one.calls() + other.calls()).toBeLessThan(20)
  await db.close()
})
