import type { FastifyInstance, FastifyRequest } from 'fastify'

type Parse = (text: string) => unknown

/** Where the mutations of a request begin (R4.6). In a string that somebody wrote the quotation marks are escaped. */
const LIST = '"mutations":['
const END = ']}'
const [NEWLINE, COMMA] = [0x0a, 0x2c]

/**
 * A request of which each mutation stands on a line of its own, each read by itself: a text of hundreds of kB costs more
 * to have than to read. Throws where these are not its lines.
 */
function readLines(body: Buffer, parse: Parse): object {
  let at = body.indexOf(NEWLINE) + 1
  const head = body.toString('utf8', 0, Math.max(at - 1, 0))
  if (!head.endsWith(LIST)) throw new SyntaxError('another head')
  const mutations: unknown[] = []
  for (let [end, next] = [body.indexOf(NEWLINE, at), -1]; end !== -1; end = next) {
    next = body.indexOf(NEWLINE, end + 1)
    const isLast = next === -1
    if ((body[end - 1] === COMMA) === isLast) throw new SyntaxError('another line')
    mutations.push(parse(body.toString('utf8', at, isLast ? end : end - 1)))
    at = end + 1
  }
  if (body.toString('latin1', at) !== END) throw new SyntaxError('another end')
  return { ...(parse(head + END) as object), mutations }
}

/** The value of a body of JSON; throws what `parse` does where it is none. */
function readBody(body: Buffer, parse: Parse): unknown {
  try {
    return readLines(body, parse)
  } catch {
    // Its lines are others, or it is no JSON at all: the whole tells.
    return parse(body.toString('utf8'))
  }
}

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
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    let value: unknown
    try {
      value = readBody(body, parserOf(request))
    } catch (error) {
      done(error as Error)
      return
    }
    done(null, value)
  })
}
