import type { PhoneSnapshot } from '../shared/call/phone-snapshot.ts'

/** What is used of the desk's window. */
type Attracting = { isFocused(): boolean; flashFrame(on: boolean): void }

/**
 * The desk asks for attention in the taskbar while a call rings and another program is in front; on macOS its icon jumps.
 * It takes no focus by itself: the operator may be typing there.
 */
export function createRingAttention(
  window: () => Attracting | null,
  dock: { bounce(type: 'critical'): number; cancelBounce(id: number): void } | undefined,
) {
  let asking = false
  let jump: number | null = null
  return {
    /** Looks at how the phone stands; null where it is gone. */
    look: (snapshot: PhoneSnapshot | null) => {
      const rings = snapshot?.call?.phase === 'ringing'
      const wanted = rings && (asking || window()?.isFocused() !== true)
      if (wanted === asking) return
      asking = wanted
      window()?.flashFrame(wanted)
      if (jump !== null) dock?.cancelBounce(jump)
      jump = wanted ? (dock?.bounce('critical') ?? null) : null
    },
  }
}
