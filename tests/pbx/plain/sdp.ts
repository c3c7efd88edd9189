/** The little of SDP (RFC 8866) that a G.711 telephone says and needs to hear. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export type Media = {
  readonly address: string
  readonly port: number
  readonly direction: Direction
  /** The payload type of telephone-event (RFC 4733), or null. */
  readonly eventType: number | null
}

/** Payload types: PCMA is fixed (RFC 3551), telephone-event is ours to choose. */
export const PCMA = 8
export const OWN_EVENT_TYPE = 101

/** An offer or answer of PCMA and telephone-event on 127.0.0.1; `version` grows with each one of a call. */
export function writeSdp({
  port,
  direction,
  version,
}: {
  port: number
  direction: Direction
  version: number
}): string {
  return [
    'v=0',
    `o=- 1 ${version} IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP ${PCMA} ${OWN_EVENT_TYPE}`,
    `a=rtpmap:${PCMA} PCMA/8000`,
    `a=rtpmap:${OWN_EVENT_TYPE} telephone-event/8000`,
    `a=fmtp:${OWN_EVENT_TYPE} 0-15`,
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n')
}

/** What the other side says; throws where it offers no audio over PCMA. */
export function readSdp(text: string): Media {
  const lines = text.split(/\r?\n/)
  const media = lines.map((line) => /^m=audio (\d+) \S+ (.*)$/.exec(line)).find((match) => match !== null)
  const address = lines.map((line) => /^c=IN IP4 (\S+)/.exec(line)?.[1]).find((found) => found !== undefined)
  if (!media || address === undefined || !(media[2] ?? '').split(' ').includes(String(PCMA)))
    throw new Error(`no PCMA in\n${text}`)
  const direction = lines.map((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.exec(line)?.[1]).find(Boolean)
  const events = lines.map((line) => /^a=rtpmap:(\d+) telephone-event\/8000/.exec(line)?.[1]).find(Boolean)
  return {
    address,
    port: Number(media[1]),
    direction: (direction as Direction | undefined) ?? 'sendrecv',
    eventType: events === undefined ? null : Number(events),
  }
}

/** What answers a direction (RFC 3264 section 6.1). */
export function answerTo(direction: Direction): Direction {
  return direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction
}
