import { mutate } from '../../practice/support/samples.ts'

type Random = (below: number) => number

const numbers = ['0', '-1', '99999999999', '2147483646', '4294967296', '1e9', '0x10', '00000000000000000001']
const words = ['三心', '\u202e', '\ufeff', '\ud800', '%00', '\u0000', '"', '<', '>', ';', ',', '\\', '__proto__', 'é']

function flip(text: string, random: Random): string {
  const at = random(text.length)
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << random(8))) + text.slice(at + 1)
}

function swapLines(text: string, random: Random): string {
  const lines = text.split('\r\n')
  const [a, b] = [random(lines.length), random(lines.length)]
  ;[lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? '']
  return lines.join('\r\n')
}

/** Another number, in the place of one that stands in the message. */
function blowUp(text: string, random: Random): string {
  const found = [...text.matchAll(/\d+/g)]
  const one = found[random(found.length)]
  if (one === undefined) return text
  return text.slice(0, one.index) + numbers[random(numbers.length)] + text.slice(one.index + one[0].length)
}

function insertWord(text: string, random: Random): string {
  const at = random(text.length + 1)
  return text.slice(0, at) + words[random(words.length)] + text.slice(at)
}

/** A word of one line put into another, or a value exchanged: still SIP, but not what was meant. */
function borrowValue(text: string, random: Random): string {
  const lines = text.split('\r\n')
  const [a, b] = [random(lines.length), random(lines.length)]
  const name = (lines[a] ?? '').split(':')[0] ?? ''
  lines[a] = `${name}:${(lines[b] ?? '').split(':').slice(1).join(':')}`
  return lines.join('\r\n')
}

function cut(text: string, random: Random): string {
  return text.slice(0, random(text.length))
}

function grow(text: string, random: Random): string {
  const at = random(text.length + 1)
  return text.slice(0, at) + 'x'.repeat(random(40) === 0 ? 1_000_000 : random(20_000)) + text.slice(at)
}

const kinds = [flip, flip, swapLines, blowUp, blowUp, insertWord, borrowValue, cut, grow, mutate]

/** One damaged message, as the seed of `random` says. */
export function makeMutant(text: string, random: Random): string {
  let mutant = text
  for (let count = 1 + random(2); count > 0; count--) mutant = kinds[random(kinds.length)]?.(mutant, random) ?? mutant
  return mutant
}
