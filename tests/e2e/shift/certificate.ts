/** An exchange whose certificate nobody vouches for, before the real one: it hears nothing, and the operator is told why. */
import { readFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { expect, onTestFinished } from 'vitest'
import { phoneSnapshot, untilReady } from '../../../build/stack/drive.ts'
import { openApp } from '../fixture.ts'
import type { Scene } from '../shift.ts'

const pem = (name: string) => readFileSync(join(import.meta.dirname, 'certificates', name))

/** Ends TLS before the exchange; `refused` resolves with the client's alert. */
async function tlsBefore(exchange: string): Promise<{ url: string; refused: Promise<string>; opened: () => number }> {
  let opened = 0
  const server: Server = createServer({ cert: pem('nobody.pem'), key: pem('nobody.key.pem') }, (socket) => {
    opened += 1
    const through = connect(Number(new URL(exchange).port), '127.0.0.1')
    socket.on('error', () => through.destroy())
    through.on('error', () => socket.destroy())
    socket.pipe(through).pipe(socket)
  })
  const refused = new Promise<string>((resolve) => {
    server.on('tlsClientError', (error) => resolve('code' in error ? String(error.code) : error.message))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `wss://127.0.0.1:${(server.address() as AddressInfo).port}`, refused, opened: () => opened }
}

export const certificateScenes: readonly Scene[] = [
  {
    name: 'a certificate that nobody vouches for is refused, in words, and nothing is said to its server',
    async play(shift) {
      const front = await tlsBefore(shift.exchange.url)
      await shift.noDesk()
      const app = await openApp({ stack: { central: shift.central, exchange: front } })
      const desk = await app.desk()
      await untilReady(desk)
      expect(await front.refused).toMatch(/CERTIFICATE_UNKNOWN|UNKNOWN_CA|BAD_CERTIFICATE/)
      await desk.getByTestId('notices').filter({ hasText: '证书不受信任' }).waitFor()
      expect((await phoneSnapshot(desk)).line).not.toBe('registered')
      expect(front.opened()).toBe(0)
    },
  },
]
