/**
 * N11: of the contacts that a registrar keeps, those that are this desk's own from connections that are gone. The user
 * part of a contact is drawn anew for each user agent and is nobody else's; another device of the same line has its own
 * and keeps it.
 */
import type { Core, Registerer, UserAgent } from 'sip.js'

/** More connections than this were not lost within the life of a registration. */
const KEPT = 5
/** How long the exchange may take to let go of the line, in ms. */
const LEAVE_MS = 2_000

type Own = {
  /** The addresses that are to be taken away, by the 200 to a REGISTER of the connection that stands. */
  stale(agent: UserAgent, answer: Core.IncomingResponseMessage): readonly string[]
}

/** From where the registrar sees us (RFC 3581): what one behind whose NAT we are writes into our contact. */
function seenFrom(answer: Core.IncomingResponseMessage): string | null {
  const via = answer.getHeader('via') ?? ''
  const [host, port] = [/;received=([^;,\s]+)/i.exec(via)?.[1], /;rport=(\d+)/i.exec(via)?.[1]]
  return host === undefined || port === undefined ? null : `${host}:${port}`
}

/** Those of ours that the registrar lists, the newest last. */
function listed({ contact }: UserAgent, answer: Core.IncomingResponseMessage): { uri: string; left: number }[] {
  const ours = answer.getHeaders('contact').flatMap((text, index) => {
    const parsed = answer.parseHeader('contact', index)
    const uri = /<([^>]+)>/.exec(text)?.[1]
    if (uri === undefined || parsed?.uri?.user !== contact.uri.user) return []
    return [{ uri, left: Number(parsed.getParam('expires')) }]
  })
  return ours.toSorted((one, other) => one.left - other.left)
}

/**
 * Remembers from where each connection was seen. Asterisk stores our contact under that address (rewrite_contact), and
 * lists it under the one that we had written, so that two of them look alike: only the address of then tells.
 */
export function createOwnContacts(): Own {
  let now: string | null = null
  let before: string[] = []
  return {
    stale: (agent, answer) => {
      const address = seenFrom(answer)
      if (address !== now && now !== null) before = [...before, now].slice(-KEPT)
      now = address
      const ours = listed(agent, answer)
      if (ours.length < 2) {
        before = []
        return []
      }
      const { uri } = agent.contact
      const newest = ours.at(-1)?.left ?? 0
      const shown = ours.filter(({ uri: each, left }) => left < newest && !each.includes(`@${uri.host}`))
      const kept = before.filter((each) => each !== address)
      const transport = uri.getParam('transport') ?? 'ws'
      return [
        ...shown.map((each) => each.uri),
        ...kept.map((each) => `sip:${uri.user ?? ''}@${each};transport=${transport}`),
      ]
    },
  }
}

/**
 * Takes these away, and refreshes the one that stands in the same REGISTER (RFC 3261 10.2.2 lets each contact have its
 * own `expires`). Ours comes first: Asterisk writes the address of the connection into the first one only.
 */
export function takeAway(
  { contact, userAgentCore: core }: UserAgent,
  uris: readonly string[],
  seconds: number,
  done: () => void,
): void {
  const { aor } = core.configuration
  const registrar = aor.clone()
  registrar.user = undefined
  const contacts = [
    `Contact: ${contact.toString()};expires=${seconds}`,
    ...uris.map((uri) => `Contact: <${uri}>;expires=0`),
  ]
  const request = core.makeOutgoingRequestMessage('REGISTER', registrar, aor, aor, {}, contacts)
  core.register(request, { onAccept: done, onReject: done, onRedirect: done })
}

/** Takes the contact away, and waits a moment for the word that it is gone. */
export async function leave(current: Registerer): Promise<void> {
  const gone = Promise.withResolvers<void>()
  const patience = setTimeout(gone.resolve, LEAVE_MS)
  const requestDelegate = { onAccept: () => gone.resolve(), onReject: () => gone.resolve() }
  current.unregister({ requestDelegate }).catch(() => gone.resolve())
  await gone.promise
  clearTimeout(patience)
}
