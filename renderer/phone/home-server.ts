/** How long the first server is left alone between two questions, in ms: 200 desks ask over a minute, not at once. */
const LEAST_MS = 30_000
const SPREAD_MS = 60_000
const PATIENCE_MS = 5_000

export type HomeWatch = {
  /** The line stands at another server than the first. */
  start(): void
  stop(): void
}

type Needs = {
  /** Draws from [0, 1). */
  readonly random: () => number
  /** Whether the first server answers. */
  readonly ask: () => Promise<boolean>
  /** Whether no call is up, and none rings. */
  readonly isFree: () => boolean
  readonly goBack: () => void
}

/** N16: asks, while the line stands elsewhere, whether the first server of the list is there again; goes back out of calls. */
export function createHomeWatch({ random, ask, isFree, goBack }: Needs): HomeWatch {
  let timer: ReturnType<typeof setTimeout> | undefined
  let watch = 0

  function askLater(): void {
    timer = setTimeout(() => void look(), LEAST_MS + SPREAD_MS * random())
  }

  async function look(): Promise<void> {
    const mine = watch
    const isThere = isFree() && (await ask())
    if (mine !== watch) return
    // A call may have come while it was asked.
    if (isThere && isFree()) goBack()
    else askLater()
  }

  function stop(): void {
    watch += 1
    clearTimeout(timer)
  }

  return {
    start: () => {
      stop()
      askLater()
    },
    stop,
  }
}

/** OPTIONS of nobody in particular (RFC 3261 11), by a connection of its own (RFC 7118 5). */
function question(domain: string): string {
  const token = () => crypto.randomUUID()
  return [
    `OPTIONS sip:${domain} SIP/2.0`,
    `Via: SIP/2.0/WS ${token()}.invalid;branch=z9hG4bK${token()}`,
    'Max-Forwards: 70',
    `From: <sip:desk@${domain}>;tag=${token()}`,
    `To: <sip:${domain}>`,
    `Call-ID: ${token()}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}

/** Whether a server is there: it answers whatever it likes, but for 408 and 503, by which it would not take a line (N8). */
export function isServerThere(url: string, domain: string): Promise<boolean> {
  return new Promise((tell) => {
    const socket = new WebSocket(url, 'sip')
    socket.binaryType = 'arraybuffer'
    const done = (isThere: boolean) => {
      clearTimeout(patience)
      tell(isThere)
      socket.close()
    }
    const patience = setTimeout(() => done(false), PATIENCE_MS)
    socket.addEventListener('open', () => socket.send(question(domain)))
    socket.addEventListener('close', () => {
      clearTimeout(patience)
      tell(false)
    })
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      const text = typeof data === 'string' ? data : new TextDecoder().decode(data)
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0)
      if (status >= 200) done(status !== 408 && status !== 503)
    })
  })
}
