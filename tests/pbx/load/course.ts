/** What happened in a run under load, as each of those who were there has it; and what must be true of it (LD1–LD6). */

/** One citizen's call, as the citizen has it. */
export type CitizenCall = {
  readonly number: string
  /** Of the calls of this number the how-many-eth, from 0. */
  readonly nth: number
  /** The desks that she spoke with: both heard each other's own tone. */
  readonly spokeWith: readonly string[]
  readonly end: 'gaveUp' | 'hungUp' | 'operatorHungUp'
}

/** One call, as the exchange's queue has it. */
export type QueueCall = {
  readonly callId: string
  readonly number: string
  /** The extensions that it was connected to, in their order. */
  readonly connectedTo: readonly string[]
  readonly abandoned: boolean
}

/** One fact of a call as it stands in central, or in a desk's own file. */
export type StoredFact = { readonly callId: string; readonly kind: string; readonly staffNo: string }

/** A status by its word (`ready`, `away:rest`), of each who should say it. */
export type Statuses = {
  readonly staffNo: string
  readonly desk: string
  readonly central: string
  /** Of Asterisk's member: `in`, `paused` or `out`. */
  readonly queue: string
}

export type Course = {
  readonly citizens: readonly CitizenCall[]
  readonly queue: readonly QueueCall[]
  readonly central: readonly StoredFact[]
  readonly desks: readonly StoredFact[]
  readonly statuses: readonly Statuses[]
}

/** Facts of which a call has one at a desk, however often they are told. */
const once = new Set(['offered', 'answered', 'talking', 'ended', 'settled'])

const text = (fact: StoredFact) => `${fact.callId} ${fact.kind} of ${fact.staffNo}`

/** LD1  Every call of a citizen is in the queue's books: connected once or abandoned, never neither, never to two. */
function inQueue({ citizens, queue }: Course): string[] {
  const lost = citizens.length === queue.length ? [] : [`LD1 ${citizens.length} calls made, ${queue.length} queued`]
  const wrong = queue.filter(({ connectedTo, abandoned }) => connectedTo.length + Number(abandoned) !== 1)
  return [...lost, ...wrong.map((call) => `LD1 ${call.callId}: to [${call.connectedTo.join()}], ${call.abandoned}`)]
}

/** LD2  Who was connected spoke with that operator and nobody else, unless she hung up first; who was not, with nobody. */
function spoken({ citizens, queue }: Course): string[] {
  return citizens.flatMap(({ number, nth, spokeWith, end }) => {
    const call = queue.filter((one) => one.number === number)[nth]
    const expected = call?.connectedTo ?? []
    if (spokeWith.join() === expected.join() || (spokeWith.length === 0 && end === 'gaveUp')) return []
    return [`LD2 ${number}/${nth} (${end}) spoke with [${spokeWith.join()}], connected to [${expected.join()}]`]
  })
}

/** LD3  A fact of a desk stands once, in its file and in central. */
function eachOnce({ central, desks }: Course): string[] {
  return [central, desks].flatMap((facts, at) => {
    const seen = new Map<string, number>()
    for (const fact of facts) if (once.has(fact.kind)) seen.set(text(fact), (seen.get(text(fact)) ?? 0) + 1)
    return [...seen]
      .filter(([, times]) => times > 1)
      .map(([what, times]) => `LD3 ${what}: ${times}× ${at ? 'at the desk' : 'in central'}`)
  })
}

/** LD4  Central has every fact that a desk has, and no other. */
function same({ central, desks }: Course): string[] {
  const [there, here] = [new Set(central.map(text)), new Set(desks.map(text))]
  return [
    ...[...here].filter((fact) => !there.has(fact)).map((fact) => `LD4 ${fact}: not in central`),
    ...[...there].filter((fact) => !here.has(fact)).map((fact) => `LD4 ${fact}: in central alone`),
  ]
}

/** LD5  Whom the exchange connected has answered, and nobody else; each call that was offered or answered ended. */
function answeredByWhom({ queue, central }: Course): string[] {
  const connected = queue.flatMap(({ callId, connectedTo }) => connectedTo.map((staffNo) => `${callId} ${staffNo}`))
  const of = (kind: string) =>
    central.filter((fact) => fact.kind === kind).map(({ callId, staffNo }) => `${callId} ${staffNo}`)
  const [answered, offered, ended] = [of('answered'), of('offered'), new Set(of('ended'))]
  return [
    ...connected
      .filter((one) => !answered.includes(one))
      .map((one) => `LD5 ${one}: connected, not answered in central`),
    ...answered.filter((one) => !connected.includes(one)).map((one) => `LD5 ${one}: answered, never connected`),
    ...offered.filter((one) => !ended.has(one)).map((one) => `LD5 ${one}: no end`),
  ]
}

/** LD6  Desk and central say the same of an operator, and the queue has her in who is ready and paused who is not. */
function statusesTrue({ statuses }: Course): string[] {
  return statuses.flatMap(({ staffNo, desk, central, queue }) =>
    desk === central && queue === (desk === 'ready' ? 'in' : 'paused')
      ? []
      : [`LD6 ${staffNo}: ${desk} at the desk, ${central} in central, ${queue} in the queue`],
  )
}

/** All that is not as it must be; empty where all is well. */
export function faultsOf(course: Course): string[] {
  return [inQueue, spoken, eachOnce, same, answeredByWhom, statusesTrue].flatMap((look) => look(course))
}
