import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../shared/ports.ts'
import { askerKey } from './asker-key.ts'
import { perMinute, perMinuteOfEach } from './per-minute.ts'

/** So many questions a minute one node answers in all; guessing is held off by what is guessed at, not by this. */
const MOST_IN_ALL = 3000
/** And of one address, where addresses are known. */
const MOST_OF_ONE = 60

type Asked = Pick<FastifyRequest, 'ip'>

/**
 * Counts who asks on pages that are open to all; answers whether this is too much. Behind a proxy that is not known as
 * such all have the proxy's address, so `byAddress` is for a node that knows its proxy: no single asker keeps the others out.
 */
export function createAskers(clock: Clock, byAddress: boolean): (asked: Asked) => boolean {
  const isTooMuchInAll = perMinute(clock, MOST_IN_ALL)
  const ofOne = perMinuteOfEach(clock, MOST_OF_ONE)
  // Whoever asks too often takes nothing of what all have together.
  return ({ ip }) => (byAddress && ofOne.isTooMuch(askerKey(ip))) || isTooMuchInAll()
}
