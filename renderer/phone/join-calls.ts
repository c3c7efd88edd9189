import type { JoinedCall } from './call-sounds.ts'

/** What one of them is sent: the operator and the other one, mixed. */
async function send(context: AudioContext, to: JoinedCall, from: JoinedCall): Promise<void> {
  const mixed = context.createMediaStreamDestination()
  const heard = new MediaStream(from.peer.getReceivers().map(({ track }) => track))
  const sources = [to.microphone, heard]
    .filter((stream) => stream.getAudioTracks().length > 0)
    .map((stream) => context.createMediaStreamSource(stream))
  for (const source of sources) source.connect(mixed)
  const [track] = mixed.stream.getAudioTracks()
  for (const sender of to.peer.getSenders()) await sender.replaceTrack(track ?? null)
}

async function sendAlone({ peer, microphone }: JoinedCall): Promise<void> {
  if (peer.connectionState === 'closed') return
  const [track] = microphone.getAudioTracks()
  for (const sender of peer.getSenders()) await sender.replaceTrack(track ?? null)
}

/**
 * Lets two calls hear each other and the operator, mixed here: no conference of the exchange is needed. Whom she
 * mutes hears the other one still. Answers how to part them, which is done when it resolves; the context is theirs, and
 * closed then.
 */
export function joinCalls(context: AudioContext, one: JoinedCall, other: JoinedCall): () => Promise<void> {
  const mixing = Promise.all([send(context, one, other), send(context, other, one)]).catch(() => undefined)
  return async () => {
    await mixing
    await Promise.all([sendAlone(one), sendAlone(other)].map((sent) => sent.catch(() => undefined)))
    await context.close().catch(() => undefined)
  }
}
