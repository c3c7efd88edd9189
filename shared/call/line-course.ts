/** What several steps do to the calls of a desk, one after the other; the rules stand in call-lines.ts. */
import { stepCall, type CallEvent } from './call-machine.ts'
import { isAnswered, isHeld } from './call.ts'
import { idOf, type LineEffect, type Lines, type LineStep, type Slot } from './lines.ts'

/** Collects what several steps do, one after the other. */
export class Course {
  lines: Lines
  readonly effects: LineEffect[] = []
  constructor(lines: Lines) {
    this.lines = lines
  }

  step(slot: Slot, event: CallEvent): void {
    const { state, effects } = stepCall(this.lines[slot], event)
    this.set({ [slot]: state })
    this.effects.push(...effects)
  }

  set(change: Partial<Lines>): void {
    this.lines = { ...this.lines, ...change }
  }

  do(...effects: LineEffect[]): void {
    this.effects.push(...effects)
  }

  /** Holds whoever is spoken with, but not these. */
  holdAllBut(kept: readonly Slot[], at: number): void {
    for (const slot of ['call', 'other', 'beside'] as const) {
      const call = this.lines[slot]
      // Also whoever is being taken back: when that is done she would be spoken with.
      // And whoever was put aside by hand, for she waits for somebody else from now on.
      if (!kept.includes(slot) && isAnswered(call) && (!call.hold.wanted || call.hold.byHand))
        this.step(slot, { type: 'holdPressed', callId: idOf(call), at, aside: true })
    }
  }

  resume(slot: Slot, at: number): void {
    const call = this.lines[slot]
    if (isAnswered(call) && isHeld(call)) this.step(slot, { type: 'resumePressed', callId: idOf(call), at })
  }

  split(): void {
    if (!this.lines.joined) return
    this.do({ type: 'split', callId: idOf(this.lines.call), besideId: idOf(this.lines.beside) })
    this.set({ joined: false })
  }

  get done(): LineStep {
    return { lines: this.lines, effects: this.effects }
  }
}
