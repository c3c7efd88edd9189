import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSeal, isSealed, SecretUnreadable } from '../../central/people/seal.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const key = (id: string) => ({ id, key: randomBytes(32) })

describe('H19.12 a seal', () => {
  it('opens what it sealed, for whom it sealed it, and says the same thing never in the same words', () => {
    const seal = createSeal([key('a')])
    const [one, two] = [seal.seal(SECRET, '1010'), seal.seal(SECRET, '1010')]
    expect(one).not.toBe(two)
    expect([seal.open(one, '1010'), seal.open(two, '1010')]).toEqual([SECRET, SECRET])
    expect(isSealed(one)).toBe(true)
    expect(isSealed(SECRET)).toBe(false)
    expect(() => seal.open(one, '1011')).toThrow(SecretUnreadable)
    expect(() => seal.open(SECRET, '1010')).toThrow('in clear')
  })

  it('opens nothing of which a bit is another, or the end is missing, or the name of the key', () => {
    const [a, b] = [key('a'), key('b')]
    const seal = createSeal([a, b])
    const [version, id, text = ''] = seal.seal(SECRET, '1010').split('.')
    const bytes = Buffer.from(text, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const other = Buffer.from(bytes)
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => seal.open(`${version}.${id}.${other.toString('base64url')}`, '1010'), `bit ${bit}`).toThrow(
        SecretUnreadable,
      )
    }
    for (let length = 1; length < bytes.length; length += 1) {
      const cut = `${version}.${id}.${bytes.subarray(0, length).toString('base64url')}`
      expect(() => seal.open(cut, '1010'), `${length} bytes`).toThrow(SecretUnreadable)
    }
    expect(() => seal.open(`${version}.b.${text}`, '1010')).toThrow(SecretUnreadable)
    // The same key under another name is another one: what it sealed says which.
    expect(() => createSeal([{ ...a, id: 'b' }]).open(`${version}.b.${text}`, '1010')).toThrow(SecretUnreadable)
  })

  it('seals under the first key and opens under all', () => {
    const [old, fresh] = [key('old'), key('fresh')]
    const before = createSeal([old]).seal(SECRET, '1010')
    const both = createSeal([fresh, old])
    expect(both.open(before, '1010')).toBe(SECRET)
    expect([both.isCurrent(before), both.isCurrent(both.seal(SECRET, '1010'))]).toEqual([false, true])
    expect(() => createSeal([fresh]).open(before, '1010')).toThrow('no key old')
    expect(createSeal([]).canSeal).toBe(false)
    expect(() => createSeal([]).seal(SECRET, '1010')).toThrow(SecretUnreadable)
  })
})
