/** What the practice exchange writes of each citizen's leg: a line of JSON an event (shared/ledger/leg-event.ts). */
import type { LegEvent } from '../../shared/ledger/leg-event.ts'

/** The events of one citizen's leg in the queue, as the queue's runner sees them happen; times in ms since the epoch. */
export interface CallLog {
  queued(leg: string, number: string, queue: string): void
  rang(leg: string, extension: string): void
  stopped(leg: string, extension: string): void
  spoke(leg: string, extension: string): void
  /** This exchange gives no waiting call up by itself, and of an answered one who hung up says nothing here. */
  ended(leg: string): void
}

/** Makes one that hands each event on; `now` is its clock. */
export function createCallLog(now: () => number, write: (event: LegEvent) => void): CallLog {
  /** How often it rang there for that leg: each ring is a leg of its own. */
  const rings = new Map<string, number>()
  const lineOf = (leg: string, extension: string) => `${leg}.${extension}.${rings.get(`${leg}.${extension}`) ?? 0}`
  return {
    queued: (leg, number, queue) => {
      write({ kind: 'began', leg, at: now(), number, called: queue })
      write({ kind: 'queued', leg, at: now(), queue })
    },
    rang: (leg, extension) => {
      const ring = `${leg}.${extension}`
      rings.set(ring, (rings.get(ring) ?? 0) + 1)
      write({ kind: 'rang', leg, at: now(), line: lineOf(leg, extension), extension })
    },
    stopped: (leg, extension) => write({ kind: 'lineEnded', leg, at: now(), line: lineOf(leg, extension) }),
    spoke: (leg, extension) => write({ kind: 'spoke', leg, at: now(), line: lineOf(leg, extension), extension }),
    ended: (leg) => {
      write({ kind: 'ended', leg, at: now(), by: 'citizen' })
      for (const ring of rings.keys()) if (ring.startsWith(`${leg}.`)) rings.delete(ring)
    },
  }
}
