/**
 * How a pool finds its server among several hosts: in turn, with a pause once none of them was it. The library
 * itself tries again at once and for ever, which costs a processor for as long as an outage lasts; and it waits
 * for a machine that is gone longer than anybody waits for an answer.
 */
import { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const PAUSE_MS = 200
/** How long a host may take to answer where there is another one. */
const CONNECT_MS = 2000

type Hosts = { readonly host: readonly string[]; readonly port: readonly number[]; readonly path?: string | false }

export type Dialer = {
  /** A socket that is on its way to the next host. */
  dial(hosts: Hosts): Promise<Socket>
  /** A connection stood: the next ones are tried at once again. */
  proven(): void
}

/**
 * `quick` is how many connections in a row are tried without a pause (200 ms). A host that `isStale`, by its place among them, is
 * passed over as long as there is another.
 */
export function createDialer(
  quick: number,
  isStale: (index: number) => boolean = () => false,
  pauseMs: number = PAUSE_MS,
): Dialer {
  let turn = 0
  let unproven = 0
  return {
    async dial({ host, port, path }) {
      unproven += 1
      if (unproven > quick) await pause(pauseMs, undefined, { ref: false })
      if (typeof path === 'string') return new Socket().connect(path)
      const turns = host.map((_, ahead) => (turn + ahead) % host.length)
      const index = turns.find((one) => !isStale(one)) ?? turns[0] ?? 0
      turn = index + 1
      const to = { host: host[index] ?? '', port: port[index] ?? 0 }
      // The library reads the host from the socket: TLS checks the certificate against it.
      const socket = Object.assign(new Socket(), to)
      socket.connect(to.port, to.host)
      if (host.length > 1) {
        const late = setTimeout(() => void (socket.connecting && socket.destroy()), CONNECT_MS)
        late.unref()
      }
      return socket
    },
    proven: () => void (unproven = 0),
  }
}
