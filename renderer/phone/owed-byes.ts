/** The hang-ups that nobody has answered yet: one that a link took with it is said again (N3). */
import type { Core, Session, UserAgent } from 'sip.js'

export type OwedByes = {
  /** Says BYE in a call that stands. */
  say(session: Session): void
  /** Says once more, by the link that stands now, what was not answered. */
  sayAgain(agent: UserAgent): void
  forget(): void
}

type Message = Core.OutgoingRequestMessage

export function createOwedByes(): OwedByes {
  const owed = new Map<Message, object>()

  /** The answers to one attempt; those to an earlier one say nothing. */
  function delegateOf(attempt: object, message: () => Message | null) {
    const done = () => {
      const said = message()
      if (said !== null && owed.get(said) === attempt) owed.delete(said)
    }
    return {
      onAccept: done,
      // 503: it could not be sent. Whatever is answered by the other side, 408 too, settles it.
      onReject: ({ message: { statusCode } }: { readonly message: { readonly statusCode?: number | undefined } }) => {
        if (statusCode !== 503) done()
      },
    }
  }

  return {
    say: (session) => {
      let message: Message | null = null
      const attempt = {}
      session
        .bye({ requestDelegate: delegateOf(attempt, () => message) })
        .then((request) => {
          message = request.message
          owed.set(message, attempt)
        })
        .catch(() => undefined)
    },
    sayAgain: (agent) => {
      for (const message of owed.keys()) {
        const attempt = {}
        owed.set(message, attempt)
        agent.userAgentCore.request(
          message,
          delegateOf(attempt, () => message),
        )
      }
    },
    forget: () => owed.clear(),
  }
}
