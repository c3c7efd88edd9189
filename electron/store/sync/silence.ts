export type Silence = {
  readonly signal: NonNullable<RequestInit['signal']>
  end(): void
  /** The pieces as they come; each begins the time anew. */
  watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>
}

/** A stream that may take long, and is broken off once nothing has come for so many ms. */
export function createSilence(ms: number): Silence {
  const abort = new AbortController()
  const begin = () => setTimeout(() => abort.abort(new Error('silent')), ms)
  let timer = begin()
  const end = () => clearTimeout(timer)
  return {
    signal: abort.signal,
    end,
    async *watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        for await (const piece of pieces) {
          end()
          yield piece
          timer = begin()
        }
      } finally {
        end()
        // Whoever has enough of it lets central stop.
        abort.abort()
      }
    },
  }
}
