/** A real HTTP server on this machine that keeps what it is sent, and answers as it is told to. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }
/** The code and headers of an answer; null: none at all. */
export type Answering = (
  got: Received,
) => { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | null

export async function startReceiver(answer: Answering = () => ({ status: 204 })) {
  const received: Received[] = []
  let answering = answer
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const got = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') }
      received.push(got)
      const answered = answering(got)
      if (answered !== null) response.writeHead(answered.status, answered.headers).end(answered.body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  /** Whoever still waits for an answer gets none. */
  const hangUp = () => server.closeAllConnections()
  return { received, port, stop, hangUp, answers: (next: Answering) => void (answering = next) }
}
