/**
 * A keyboard at the X server, as another program has one: keys by the XTEST extension, spoken over the server's socket
 * (X Window System Protocol X11R6.8, appendix B; XTEST Extension Protocol 2.2).
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Keysyms (keysymdef.h) of what tests press. */
export const keysyms = { ctrl: 0xffe3, shift: 0xffe1, f9: 0xffc6 } as const
export type KeyName = keyof typeof keysyms

export type XKeyboard = {
  /** Presses all of them in their order, lets them go, and resolves when the server has taken that. */
  chord(...keys: readonly KeyName[]): Promise<void>
  close(): void
}

const QUERY_EXTENSION = 98
const GET_KEYBOARD_MAPPING = 101
const GET_INPUT_FOCUS = 43
const FAKE_INPUT = 2
const [PRESS, RELEASE] = [2, 3]
const COOKIE = 'MIT-MAGIC-COOKIE-1'
const REPLY = 32

const padded = (length: number) => Math.ceil(length / 4) * 4

/** The cookie of this display out of the user's Xauthority file; empty where there is none. */
function cookieOf(display: string): Buffer {
  let file: Buffer
  try {
    file = readFileSync(process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority'))
  } catch {
    return Buffer.alloc(0)
  }
  for (let at = 0; at + 2 <= file.length;) {
    at += 2
    const words = Array.from({ length: 4 }, () => {
      const length = file.readUInt16BE(at)
      const word = file.subarray(at + 2, at + 2 + length)
      at += 2 + length
      return word
    })
    const [, number, name, data] = words
    if (name?.toString() === COOKIE && data !== undefined && (number?.toString() ?? '') === display) return data
  }
  return Buffer.alloc(0)
}

/** Reads so many bytes at a time. */
function createReader(socket: Socket) {
  let heard = Buffer.alloc(0)
  let wanted: { bytes: number; resolve: (bytes: Buffer) => void } | null = null
  const look = () => {
    if (wanted === null || heard.length < wanted.bytes) return
    const { bytes, resolve } = wanted
    wanted = null
    const taken = heard.subarray(0, bytes)
    heard = heard.subarray(bytes)
    resolve(taken)
  }
  socket.on('data', (bytes) => {
    heard = Buffer.concat([heard, bytes])
    look()
  })
  return (bytes: number) =>
    new Promise<Buffer>((resolve) => {
      wanted = { bytes, resolve }
      look()
    })
}

/** Connects to the X server of this display (`:99`); rejects where it does not let us in. */
export async function openXKeyboard(display: string): Promise<XKeyboard> {
  const number = /^(?:unix)?:(\d+)/.exec(display)?.[1]
  if (number === undefined) throw new Error(`no display of this machine: ${display}`)
  const socket = connect(`/tmp/.X11-unix/X${number}`)
  const failed = new Promise<never>((_resolve, reject) => socket.once('error', reject))
  failed.catch(() => undefined)
  const take = createReader(socket)
  const read = (bytes: number) => Promise.race([take(bytes), failed])

  const cookie = cookieOf(number)
  const name = cookie.length > 0 ? COOKIE : ''
  const hello = Buffer.alloc(12 + padded(name.length) + padded(cookie.length))
  hello.write('l')
  hello.writeUInt16LE(11, 2)
  hello.writeUInt16LE(name.length, 6)
  hello.writeUInt16LE(cookie.length, 8)
  hello.write(name, 12)
  cookie.copy(hello, 12 + padded(name.length))
  socket.write(hello)
  const start = await read(8)
  const setup = await read(start.readUInt16LE(6) * 4)
  if (start[0] !== 1) throw new Error(`the X server does not let us in: ${setup.toString('latin1')}`)
  const [lowest = 8, highest = 255] = [setup[26], setup[27]]

  /** Sends a request and reads its reply, past the events that every client is sent (MappingNotify). */
  async function ask(request: Buffer): Promise<Buffer> {
    request.writeUInt16LE(request.length / 4, 2)
    socket.write(request)
    let head = await read(REPLY)
    while ((head[0] ?? 0) > 1) head = await read(REPLY)
    if (head[0] !== 1) throw new Error(`the X server refused request ${request[0]}: error ${head[1]}`)
    return Buffer.concat([head, await read(head.readUInt32LE(4) * 4)])
  }

  const extension = Buffer.alloc(8 + padded(5))
  extension[0] = QUERY_EXTENSION
  extension.writeUInt16LE(5, 4)
  extension.write('XTEST', 8)
  const found = await ask(extension)
  if (found[8] !== 1) throw new Error('the X server has no XTEST')
  const xtest = found[9] ?? 0

  const mapping = Buffer.alloc(8)
  mapping[0] = GET_KEYBOARD_MAPPING
  mapping[4] = lowest
  mapping[5] = highest - lowest + 1
  const mapped = await ask(mapping)
  const perKey = mapped[1] ?? 0
  const keycodeOf = (key: KeyName): number => {
    for (let code = lowest; code <= highest; code++)
      for (let index = 0; index < perKey; index++)
        if (mapped.readUInt32LE(REPLY + ((code - lowest) * perKey + index) * 4) === keysyms[key]) return code
    throw new Error(`this keyboard has no ${key}`)
  }

  function fake(type: number, key: KeyName): void {
    const request = Buffer.alloc(36)
    request[0] = xtest
    request[1] = FAKE_INPUT
    request.writeUInt16LE(9, 2)
    request[4] = type
    request[5] = keycodeOf(key)
    socket.write(request)
  }

  return {
    chord: async (...keys) => {
      for (const key of keys) fake(PRESS, key)
      for (const key of keys.toReversed()) fake(RELEASE, key)
      const focus = Buffer.alloc(4)
      focus[0] = GET_INPUT_FOCUS
      await ask(focus)
    },
    close: () => socket.destroy(),
  }
}
