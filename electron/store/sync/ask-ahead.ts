import type { Result } from '../../../shared/errors.ts'
import type { SyncRequest, SyncResponse } from '../../../shared/sync/protocol.ts'

type Send = (device: string, request: SyncRequest) => Promise<Result<SyncResponse>>

/** `early`: it was asked for before the page before it was taken, so its way says nothing of central's clock. */
export type Asked = { readonly answer: Promise<Result<SyncResponse>>; readonly early: boolean }

export type Asker = {
  ask(device: string, request: SyncRequest): Asked
  /**
   * Asks for the page behind this answer, where there is one, and nothing was sent; resolves once that is on its way,
   * for the desk takes this one without a pause.
   */
  askAhead(device: string, request: SyncRequest, response: SyncResponse): Promise<void>
}

/**
 * Turns of the event loop after which a request of fetch is on the wire, with some to spare: it was seen to be written
 * in the second. What is taken without a pause before that would keep it back.
 */
const TURNS = 4

const asText = (device: string, request: SyncRequest) => JSON.stringify([device, request])

/** A desk that has much to fetch takes one page while central reads the next. Central keeps nothing of who has asked. */
export function createAsker(send: Send): Asker {
  let ahead: { readonly what: string; readonly answer: Asked['answer'] } | null = null
  return {
    ask: (device, request) => {
      const early = ahead
      ahead = null
      // Something was typed meanwhile, or what was to be taken was not: then the desk asks for something else.
      if (early !== null && early.what === asText(device, request)) return { answer: early.answer, early: true }
      return { answer: send(device, request), early: false }
    },
    askAhead: async (device, request, { more, sendAgain, epoch, cursor, last }) => {
      if (!more || sendAgain || request.mutations.length > 0) return
      const next = { ...request, epoch, cursor, last }
      ahead = { what: asText(device, next), answer: send(device, next) }
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
