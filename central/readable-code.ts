import { randomInt } from 'node:crypto'

// Read out over the telephone and typed by hand: without I, O, 0 and 1.
const SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUP = 5

/** So many groups of five random symbols with hyphens between; a group holds 25 bits. */
export function readableCode(groups: number): string {
  const group = () => Array.from({ length: GROUP }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}
