import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/**
 * `tcp` + 1 free ports on loopback: TCP ones, and the last a UDP one. All are held until all are known, so that they
 * differ; they are free, not reserved: whoever is quicker may still take one.
 */
export async function freePorts(tcp: number): Promise<{ tcp: number[]; udp: number }> {
  const servers = Array.from({ length: tcp }, () => createServer().listen(0, '127.0.0.1'))
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await Promise.all([...servers, socket].map((one) => once(one, 'listening')))
  const ports = { tcp: servers.map((server) => (server.address() as AddressInfo).port), udp: socket.address().port }
  const closed = Promise.all([...servers, socket].map((one) => once(one, 'close')))
  for (const one of [...servers, socket]) one.close()
  await closed
  return ports
}
