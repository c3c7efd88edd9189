/** One address before several nodes: each connection goes to the next one that takes it. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** When a node is struck: as it gets a request with something to apply, or as it says that this is applied; of desks, or of an exchange. */
export type Moment = 'request' | 'answer' | 'batch' | 'batchTaken'

const signs = {
  request: '"mutations":[\n{',
  answer: '"status":"applied"',
  batch: '"events":[{',
  batchTaken: '"taken":true',
} as const
const answers: ReadonlySet<Moment> = new Set(['answer', 'batchTaken'])

export type Balancer = {
  readonly port: number
  /** At the next such moment the node on that port is struck; of an answer, the desk hears nothing. */
  strikeAt(moment: Moment, strike: (port: number) => void): void
  /** The ports of the nodes now. */
  setNodes(ports: readonly number[]): void
  close(): Promise<void>
}

export async function startBalancer(): Promise<Balancer> {
  let nodes: readonly number[] = []
  let turn = 0
  let waiting: { moment: Moment; strike: (port: number) => void } | null = null
  const open = new Set<Socket>()

  /** Passes on what comes, unless it is an answer that nobody is to hear. */
  function relay(from: Socket, to: Socket, way: 'there' | 'back', port: number): void {
    from.on('data', (chunk: Buffer) => {
      const isMine = waiting !== null && answers.has(waiting.moment) === (way === 'back')
      const struck = isMine && waiting !== null && chunk.includes(signs[waiting.moment]) ? waiting : null
      if (struck !== null) waiting = null
      if (struck === null || way === 'there') to.write(chunk)
      else to.destroy()
      struck?.strike(port)
    })
  }

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
      relay(client, node, 'there', port)
      relay(node, client, 'back', port)
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
    strikeAt: (moment, strike) => (waiting = { moment, strike }),
    setNodes: (ports) => (nodes = ports),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const client of open) client.destroy()
      }),
  }
}
