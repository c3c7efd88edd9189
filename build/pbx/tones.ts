/** The tones that the exchange itself makes, in Hz: far from each other and from what desks and citizens say. */

/** Music on hold. */
export const HOLD_HZ = 620
/** Extension 601. */
export const SERVICE_HZ = 1600
/** What is said before anybody answers. */
export const EARLY_HZ = 1450
/** What asks the citizen to rate the call. */
export const RATING_HZ = 1300

const RATE = 8000
const AMPLITUDE = 8000

/** What stands for a spoken digit, in Hz: ours are tones, as there are no recorded voices here. */
export const digitHz = (digit: number): number => 2000 + digit * 150

/** A number said digit by digit, each for a second, as Asterisk's raw `.sln`. */
export function rawDigits(digits: string): Buffer {
  return Buffer.concat([...digits].map((digit) => rawTone(digitHz(Number(digit)), 1)))
}

/** A pure tone of whole seconds as Asterisk's raw `.sln`: signed 16 bit, little-endian, 8 kHz; it loops without a click. */
export function rawTone(hz: number, seconds = 2): Buffer {
  const samples = Buffer.alloc(RATE * seconds * 2)
  for (let i = 0; i < RATE * seconds; i++) {
    samples.writeInt16LE(Math.round(AMPLITUDE * Math.sin((2 * Math.PI * hz * i) / RATE)), i * 2)
  }
  return samples
}
