import type { Result } from '../../../shared/errors.ts'
import type { SyncRequest, SyncResponse } from '../../../shared/sync/protocol.ts'
import type { Answered } from './read-changes.ts'

/** What an answer says before its changes. */
export type AnswerHead = Omit<SyncResponse, 'changes'>
/** Called with the head of an answer as soon as it is there; what has come of the rest waits until this resolves. */
export type OnHead = (head: AnswerHead) => Promise<void>

type Send = (device: string, request: SyncRequest, onHead: OnHead) => Promise<Result<Answered>>

/** `early`: it was asked for before the page before it was taken, so its way says nothing of central's clock. */
export type Asked = { readonly answer: Promise<Result<Answered>>; readonly early: boolean }

export type Asker = {
  /**
   * Asks for this, and, as soon as its answer says where it ends, for the page behind it, where nothing was sent: who
   * asks for just that next has its answer. The answer comes once that is on the wire, for the desk takes it without a
   * pause.
   */
  ask(device: string, request: SyncRequest): Asked
  /**
   * This is asked for next, unless something comes between: where it is on its way already, the one behind it may be asked
   * for from now on.
   */
  expect(device: string, request: SyncRequest): void
}

/**
 * Turns of the event loop after which a request of fetch is on the wire, with some to spare: it was seen to be written
 * in the second. What is taken without a pause before that would keep it back.
 */
const TURNS = 4

/** What to ask for behind this answer; null where nothing is there, or something else may have to be said first. */
function nextAfter(request: SyncRequest, { more, sendAgain, epoch, cursor, last }: AnswerHead): SyncRequest | null {
  if (!more || sendAgain || request.mutations.length > 0) return null
  // Central took something that this request does not name: the file may be a copy, and then it asks no more.
  return last === request.last ? { ...request, epoch, cursor } : null
}

type OnTheWay = {
  readonly device: string
  readonly request: SyncRequest
  readonly answer: Promise<Result<Answered>>
}

const isFor = (one: OnTheWay, device: string, request: SyncRequest) =>
  one.device === device && JSON.stringify(one.request) === JSON.stringify(request)

/** A desk that has much to fetch takes one page while central reads the next. Central keeps nothing of who has asked. */
export function createAsker(send: Send): Asker {
  /** What the desk waits for or takes, and what it will ask for behind that, if nothing comes between. */
  let current: OnTheWay | null = null
  let ahead: OnTheWay | null = null
  /** `current`, while it is expected and not asked for yet, and what goes on behind it. */
  let expected: { readonly one: OnTheWay; readonly onTheWire: Promise<void> } | null = null
  const heads = new WeakMap<OnTheWay, AnswerHead>()

  async function goOn(one: OnTheWay): Promise<void> {
    const head = heads.get(one)
    // Of a page that was asked for ahead it is known early where it ends; the one behind it must wait for its turn.
    if (one !== current || ahead !== null || head === undefined) return
    const next = nextAfter(one.request, head)
    if (next === null) return
    ahead = start(one.device, next)
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  function start(device: string, request: SyncRequest): OnTheWay {
    const hear = (head: AnswerHead) => {
      heads.set(one, head)
      return goOn(one)
    }
    const whole = async () => {
      const said = await send(device, request, hear)
      if (said.ok) await hear(said.value)
      return said
    }
    const one: OnTheWay = { device, request, answer: Promise.resolve().then(whole) }
    return one
  }

  function expect(device: string, request: SyncRequest): void {
    if (ahead === null || !isFor(ahead, device, request)) return
    current = ahead
    ahead = null
    expected = { one: current, onTheWire: goOn(current) }
  }

  return {
    expect,
    ask: (device, request) => {
      if (expected === null) expect(device, request)
      const early = expected
      expected = null
      // Something was typed meanwhile, or what was to be taken was not: then the desk asks for something else.
      if (early === null || !isFor(early.one, device, request)) {
        ahead = null
        current = start(device, request)
        return { answer: current.answer, early: false }
      }
      return { answer: early.onTheWire.then(() => early.one.answer), early: true }
    },
  }
}
