/** One RTP stream each way (RFC 3550): PCMA in frames of 20 ms, digits as telephone-events (RFC 4733). */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { decodeAlaw, encodeAlaw } from './alaw.ts'
import { createEar, type Ear } from './ear.ts'
import { PCMA, type Media } from './sdp.ts'

/** The sound of one call. */
export type Rtp = {
  readonly port: number
  readonly ear: Ear
  /** Where to send from now on. */
  sendTo(media: Media): void
  /** A pure tone from now on; 0 for silence. */
  hum(hz: number): void
  /** Presses digits (0–9, *, #), one after the other; resolves when they are sent, rejects when the call ends before. */
  press(digits: string): Promise<void>
  /** The digits that came in so far. */
  digits(): string
  /** Until the digits that came in end so; rejects when the call ends before. */
  untilDigits(wanted: string): Promise<void>
  packets(): { readonly sent: number; readonly received: number }
  close(): void
}

const FRAME = 160
const FRAME_MS = 20
const AMPLITUDE = 9000
const CATCH_UP_FRAMES = 20
const DIGITS = '0123456789*#ABCD'
/** A digit lasts so many frames, its end is said three times, and a pause follows (RFC 4733 section 2.5). */
const DIGIT_FRAMES = 8
const END_FRAMES = 3
const PAUSE_FRAMES = 5

type Press = Waiting & { readonly event: number; frame: number; readonly start: number }
type Waiting = { readonly done: () => void; readonly failed: (why: Error) => void }

/** Opens a socket on 127.0.0.1 and sends nothing until it is told where. */
export async function openRtp(): Promise<Rtp> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const ear = createEar()
  const ssrc = (Math.random() * 2 ** 32) >>> 0
  const presses: (Waiting & { event: number })[] = []
  const waiting = new Set<{ look(): void; failed(why: Error): void }>()
  let target: Media | null = null
  let [hz, phase, sequence, sent, received] = [0, 0, 0, 0, 0]
  let pressing: Press | null = null
  let digits = ''
  let digitAt = -1

  function send(type: number, payload: Buffer, timestamp: number, marker = false): void {
    if (target === null) return
    const packet = Buffer.alloc(12 + payload.length)
    packet.writeUInt8(0x80, 0)
    packet.writeUInt8((marker ? 0x80 : 0) | type, 1)
    packet.writeUInt16BE(sequence++ & 0xffff, 2)
    packet.writeUInt32BE(timestamp >>> 0, 4)
    packet.writeUInt32BE(ssrc, 8)
    payload.copy(packet, 12)
    socket.send(packet, target.port, target.address)
    sent += 1
  }

  /** One frame of a digit; null when none is pressed. */
  function sendDigit(timestamp: number): boolean {
    if (pressing === null) {
      const next = presses.shift()
      if (next === undefined) return false
      pressing = { ...next, frame: 0, start: timestamp }
    }
    const { event, frame, start, done } = pressing
    const over = frame >= DIGIT_FRAMES
    if (frame < DIGIT_FRAMES + END_FRAMES) {
      const payload = Buffer.from([event, (over ? 0x80 : 0) | 10, 0, 0])
      payload.writeUInt16BE(FRAME * Math.min(frame + 1, DIGIT_FRAMES), 2)
      send(target?.eventType ?? 0, payload, start, frame === 0)
    }
    pressing.frame += 1
    // Its end is said: who hears that may hang up before it is repeated.
    if (pressing.frame === DIGIT_FRAMES + 1) done()
    if (pressing.frame >= DIGIT_FRAMES + END_FRAMES + PAUSE_FRAMES) pressing = null
    return true
  }

  function sendFrame(frame: number): void {
    const timestamp = frame * FRAME
    if (sendDigit(timestamp)) return
    const payload = Buffer.alloc(FRAME)
    for (let i = 0; i < FRAME; i++) {
      payload[i] = encodeAlaw(hz === 0 ? 0 : Math.round(AMPLITUDE * Math.sin(phase)))
      phase = (phase + (2 * Math.PI * hz) / 8000) % (2 * Math.PI)
    }
    send(PCMA, payload, timestamp)
  }

  // Timers run late under load: frames are counted by the clock, or the sound would drag.
  let began = performance.now()
  let frames = 0
  let first = 0
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - began) / FRAME_MS)
    if (due - frames > CATCH_UP_FRAMES) {
      began = performance.now() - FRAME_MS
      first += due
      frames = 0
    }
    for (const until = Math.min(due, frames + CATCH_UP_FRAMES); frames < until; frames++) sendFrame(first + frames)
  }, FRAME_MS / 2)

  function hearDigit(event: number, timestamp: number): void {
    // All packets of one digit bear the same timestamp.
    if (timestamp === digitAt) return
    digitAt = timestamp
    digits += DIGITS[event] ?? ''
    for (const { look } of waiting) look()
  }

  socket.on('message', (packet) => {
    if (packet.length <= 12 || packet.readUInt8(0) >> 6 !== 2) return
    const type = packet.readUInt8(1) & 0x7f
    const payload = packet.subarray(12 + 4 * (packet.readUInt8(0) & 0x0f))
    received += 1
    if (type === PCMA) ear.hear(Int16Array.from(payload, decodeAlaw))
    else if (type === target?.eventType && payload.length >= 4) hearDigit(payload.readUInt8(0), packet.readUInt32BE(4))
  })

  return {
    port: socket.address().port,
    ear,
    sendTo: (media) => {
      target = media
    },
    hum: (tone) => {
      hz = tone
    },
    press: async (text) => {
      if (target === null || target.eventType === null) throw new Error('the other side takes no digits')
      for (const digit of text) {
        const event = DIGITS.indexOf(digit)
        if (event < 0) throw new Error(`no digit: ${digit}`)
        await new Promise<void>((done, failed) => presses.push({ event, done, failed }))
      }
    },
    digits: () => digits,
    untilDigits: (wanted) =>
      new Promise((resolve, failed) => {
        const one = {
          failed,
          look: (): void => {
            if (!digits.endsWith(wanted)) return
            waiting.delete(one)
            resolve()
          },
        }
        waiting.add(one)
        one.look()
      }),
    packets: () => ({ sent, received }),
    close: () => {
      clearInterval(timer)
      const over = new Error(`the call is over; digits heard: ${digits}`)
      for (const { failed } of [...presses, ...waiting, ...(pressing === null ? [] : [pressing])]) failed(over)
      ear.close()
      socket.close()
    },
  }
}
