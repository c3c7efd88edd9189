import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BATCH } from '../../shared/sync/protocol.ts'

type Parse = (text: string) => unknown

/** Where the mutations of a request begin (R4.6); behind a backslash it would be the end of another key. */
const LIST = Buffer.from('"mutations":[')
const END = ']}'
const [NEWLINE, COMMA, OPENING, CLOSING, BACKSLASH] = [0x0a, 0x2c, 0x7b, 0x7d, 0x5c]

/**
 * A request of which each mutation stands on a line of its own, from the byte `at` on, each read by itself: a text of
 * hundreds of kB costs more to have than to read. Throws where a line is no JSON; null where the lines stand otherwise, or
 * are more than a request may have.
 */
function readLines(body: Buffer, at: number, parse: Parse): object | null {
  const mutations: unknown[] = []
  let from = at
  for (let [end, next] = [body.indexOf(NEWLINE, at), -1]; end !== -1; end = next) {
    next = body.indexOf(NEWLINE, end + 1)
    // Behind the last one there is no comma.
    const to = next === -1 ? end : end - 1
    if (body[from] !== OPENING || body[to - 1] !== CLOSING || (to < end && body[to] !== COMMA)) return null
    if (mutations.length === BATCH) return null
    mutations.push(parse(body.toString('utf8', from, to)))
    from = end + 1
  }
  if (body.toString('latin1', from) !== END) return null
  return { ...(parse(body.toString('utf8', 0, at - 1) + END) as object), mutations }
}

function readInLines(body: Buffer, parse: Parse): object | null {
  const at = body.indexOf(NEWLINE) + 1
  const list = at - 1 - LIST.length
  if (list < 1 || body[list - 1] === BACKSLASH || !body.subarray(list, at - 1).equals(LIST)) return null
  try {
    return readLines(body, at, parse)
  } catch {
    // It may be JSON all the same: the whole tells.
    return null
  }
}

/** The value of a body of JSON; throws what `parse` does where it is none. */
export const readBody = (body: Buffer, parse: Parse): unknown =>
  readInLines(body, parse) ?? parse(body.toString('utf8'))

/** Reads bodies of JSON. A strange key in one mutation must not refuse the whole request: it is taken out. */
export function readJson(app: FastifyInstance): void {
  const parser = app.getDefaultJsonParser('remove', 'remove')
  const parserOf =
    (request: FastifyRequest): Parse =>
    (text) => {
      let [failure, value]: [Error | null, unknown] = [null, undefined]
      void parser(request, text, (error, read) => ([failure, value] = [error, read]))
      if (failure !== null) throw failure
      return value
    }
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    readBody(body, parserOf(request)),
  )
}
