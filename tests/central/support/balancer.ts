/** One address before several nodes: each connection goes to the next one that takes it. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Balancer = {
  readonly port: number
  /** The ports of the nodes now. */
  setNodes(ports: readonly number[]): void
  close(): Promise<void>
}

export async function startBalancer(): Promise<Balancer> {
  let nodes: readonly number[] = []
  let turn = 0
  const open = new Set<Socket>()

  function pass(client: Socket, tries: number): void {
    turn += 1
    const port = nodes[turn % Math.max(nodes.length, 1)]
    if (port === undefined || tries === 0) return void client.destroy()
    const node = connect(port, '127.0.0.1')
    node.once('error', () => pass(client, tries - 1))
    node.once('connect', () => {
      node.removeAllListeners('error')
      // What dies on one side is cut on the other, as a balancer does.
      node.on('error', () => client.destroy()).on('close', () => client.destroy())
      client.on('error', () => node.destroy()).on('close', () => node.destroy())
      client.pipe(node).pipe(client)
    })
  }

  const server = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client))
    client.on('error', () => client.destroy())
    pass(client, nodes.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    setNodes: (ports) => (nodes = ports),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const client of open) client.destroy()
      }),
  }
}
