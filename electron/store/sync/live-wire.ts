import WebSocket from 'ws'

/** What is heard on one connection; `closed` comes last, with the WebSocket's code, also where it never opened. */
export type LiveEar = { opened(): void; message(text: string): void; closed(code: number): void }

/** One connection to /live. What is said before it opened, or after it closed, is said to nobody. */
export type LiveWire = { send(text: string): void; close(): void }

export type DialLive = (ear: LiveEar) => LiveWire

const MOST_BYTES = 64 * 1024

/** `base` is central's address, e.g. https://central.example. */
export function dialLive(base: string): DialLive {
  const url = new URL('/live', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return (ear) => {
    const socket = new WebSocket(url, { maxPayload: MOST_BYTES })
    socket.on('open', ear.opened)
    socket.on('message', (data: Buffer) => ear.message(data.toString()))
    socket.on('error', () => socket.terminate())
    socket.on('close', ear.closed)
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      close: () => socket.close(),
    }
  }
}
