/** Finds the longest time without a packet from figures that are only polled. */
export interface PacketGaps {
  /** One poll: packets so far, when the last of them came, and when this was asked. */
  observe(packets: number, lastPacketAt: number, polledAt: number): void
  /** The longest gap since the last question, a gap that still lasts included. */
  take(now: number): number
}

const packetMs = 20
const latePollMs = 100

/** Starts to measure; before the first packet there is no gap, only a beginning. */
export function createPacketGaps(): PacketGaps {
  let before: { packets: number; lastPacketAt: number; polledAt: number } | null = null
  let longest = 0

  return {
    observe(packets, lastPacketAt, polledAt) {
      if (packets === 0) return
      if (before && packets > before.packets) {
        const between = lastPacketAt - before.lastPacketAt
        // Our own poll came late: packets that came at their pace meanwhile are no gap of the wire.
        const late = polledAt - before.polledAt > latePollMs
        longest = Math.max(longest, late ? between - (packets - before.packets - 1) * packetMs : between)
      }
      before = { packets, lastPacketAt: packets === before?.packets ? before.lastPacketAt : lastPacketAt, polledAt }
    },
    take(now) {
      const open = before ? now - before.lastPacketAt : 0
      const answer = Math.max(0, Math.round(Math.max(longest, open)))
      longest = 0
      return answer
    },
  }
}
