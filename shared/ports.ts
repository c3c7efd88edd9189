/** Wall clock, in milliseconds since the epoch. */
export type Clock = { now(): number }

/** Makes a new UUIDv7 (RFC 9562): time-ordered, unique without a coordinator. */
export type Ids = { next(): string }

/** A structured log without personal data: a name of an event and plain numbers and codes. */
export type Log = (event: string, data?: Readonly<Record<string, string | number | boolean>>) => void

/** A way to wait, so that tests need not: runs something in so many ms, and answers how to call that off. */
export type Timers = { after(ms: number, run: () => void): () => void }
