/** What sounds and can be sent to a device: an element, or a context of Web Audio. */
export type Sink = { setSinkId(id: string): Promise<void> }

export type Output = {
  /** Sends it to the device of this output, now and whenever that changes; answers how to let it go. */
  add(sink: Sink): () => void
  /** The device is another one now. */
  renew(): void
}

/** All that sounds in one role. A device that will not take it leaves it to the system's: nobody goes unheard. */
export function createOutput(idNow: () => string): Output {
  const sinks = new Set<Sink>()
  const steer = (sink: Sink) => {
    sink
      .setSinkId(idNow())
      .catch(() => sink.setSinkId(''))
      .catch(() => undefined)
  }
  return {
    add: (sink) => {
      sinks.add(sink)
      if (idNow() !== '') steer(sink)
      return () => void sinks.delete(sink)
    },
    renew: () => {
      for (const sink of sinks) steer(sink)
    },
  }
}
