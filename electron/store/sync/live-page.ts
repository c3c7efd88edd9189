import type { Change } from '../../../shared/sync/protocol.ts'

/** What central brought along with the sign: all that is new to this desk from `from` to `head`. */
export type LivePage = {
  readonly epoch: string
  readonly from: number
  readonly head: number
  readonly changes: Change[]
}
