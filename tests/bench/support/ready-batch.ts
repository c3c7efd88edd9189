/**
 * A batch that lies ready as it goes over the wire, like the floor's rows: what a desk spends on writing it, and on what
 * it is answered, is spent at its own machine.
 */
import { Agent, request as httpRequest } from 'node:http'
import { must } from '../../../shared/errors.ts'
import type { Mutation, SyncRequest, SyncResponse } from '../../../shared/sync/protocol.ts'
import { linesOf, requestText } from '../../../shared/sync/request-text.ts'

export type ReadyBatch = { readonly mutations: readonly Mutation[]; readonly text: Buffer }
/** An answer of which only the head was read; `changes` reads the rest. */
export type ReadyAnswer = Omit<SyncResponse, 'changes'> & { changes(): SyncResponse['changes'] }

/** The changes come last (central/sync/service.ts). */
const CHANGES = ',"changes":['
const agent = new Agent({ keepAlive: true })

export const readyBatch = (mutations: readonly Mutation[]): ReadyBatch => ({
  mutations,
  text: Buffer.from(linesOf(mutations)),
})

/** The bytes of a request whose mutations lie ready. */
function bytesOf(request: Omit<SyncRequest, 'mutations'>, { text }: ReadyBatch): Buffer[] {
  const [before, after] = requestText({ ...request, mutations: [] }).split('\n')
  return [Buffer.from(`${before}\n`), text, Buffer.from(after ?? '')]
}

function readAnswer(body: Buffer): ReadyAnswer {
  const cut = body.indexOf(CHANGES)
  must(cut >= 0 || null, 'changes')
  return {
    ...(JSON.parse(`${body.toString('utf8', 0, cut)}}`) as Omit<SyncResponse, 'changes'>),
    changes: () => (JSON.parse(body.toString()) as SyncResponse).changes,
  }
}

/** POSTs /sync to a node as this device; throws unless it is answered 200. */
export function postReady(
  { url, device }: { readonly url: string; readonly device: string },
  request: Omit<SyncRequest, 'mutations'>,
  batch: ReadyBatch,
): Promise<ReadyAnswer> {
  const parts = bytesOf(request, batch)
  const headers = {
    'content-type': 'application/json',
    'content-length': parts.reduce((sum, part) => sum + part.length, 0),
    authorization: `Device ${device}`,
  }
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL('/sync', url), { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('error', reject).on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        if (response.statusCode === 200) resolve(readAnswer(body))
        else reject(new Error(`/sync: ${response.statusCode} ${body.toString()}`))
      })
    })
    sent.on('error', reject)
    for (const part of parts) sent.write(part)
    sent.end()
  })
}
