import type { Log } from '../../shared/ports.ts'
import { bothAlgorithms, type Algorithm } from './choose-challenge.ts'
import { createDigest } from './sip-digest.ts'
import { guardMessages } from './sip-guard.ts'
import { randomHex } from './strong-random.ts'

/** What of SIP.js's UserAgent is replaced, after it was made and before it starts. */
type Agent<Authentication> = {
  readonly transport: { onMessage: ((message: string) => void) | undefined; send(message: string): Promise<void> }
  readonly userAgentCore: { readonly configuration: { authenticationFactory(): Authentication | undefined } }
}

export type Hardening = {
  /** Told of what is dropped, by kind. */
  readonly log?: Log
  /** The digest algorithms that are answered; without MD5 an exchange that knows nothing else is refused. */
  readonly algorithms?: readonly Algorithm[]
}

/** Puts the guard before SIP.js's parser and our digest in the place of its own; `blank` makes one of SIP.js's. */
export function hardenAgent<Authentication extends object>(
  agent: Agent<Authentication>,
  account: { readonly username: string; readonly password: string },
  blank: () => Authentication,
  { log = () => undefined, algorithms = bothAlgorithms }: Hardening,
): void {
  const { transport, userAgentCore } = agent
  const receive = transport.onMessage
  if (receive === undefined) throw new Error('SIP.js takes no messages')
  transport.onMessage = guardMessages({
    receive,
    send: (message) => transport.send(message),
    log,
    algorithms,
    newTag: () => randomHex(8),
  }).take
  userAgentCore.configuration.authenticationFactory = () =>
    Object.assign(blank(), createDigest({ ...account, algorithms }))
}
