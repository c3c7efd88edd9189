type Side = { readonly level: number; readonly peakHz: number }

/** How late what was said may come back, in looks of a tenth of a second: a round trip and a jitter buffer. */
const LATEST = 12
/** What is louder than this is said, or heard (root mean square of the full scale). */
const LOUD = 0.005
/** A frequency that came back is the same within so many parts. */
const NEAR = 0.04
/** So many looks must agree at one and the same delay, less half of those that do not: a hum meets a voice by chance. */
const ENOUGH = 5

const isSame = (ear: Side, said: Side | undefined) =>
  said !== undefined && said.level > LOUD && Math.abs(said.peakHz - ear.peakHz) < NEAR * ear.peakHz

/** Tells whether what is heard is what was said a moment before: take both sides every 100 ms. */
export function createEchoJudge() {
  /** The newest first. */
  let said: Side[] = []
  const scores = Array.from({ length: LATEST }, () => 0)
  return {
    /** Answers whether the voice has come back by now. */
    take: (microphone: Side, ear: Side): boolean => {
      said = [microphone, ...said].slice(0, LATEST + 1)
      for (const [late, score] of scores.entries()) {
        const then = said[late]
        // A delay lies between two looks.
        const agrees = ear.level > LOUD && (isSame(ear, then) || isSame(ear, said[late + 1]))
        const differs = ear.level > LOUD || (then !== undefined && then.level > LOUD)
        scores[late] = agrees ? score + 1 : differs ? Math.max(0, score - 0.5) : score
      }
      return scores.some((score) => score >= ENOUGH)
    },
  }
}
