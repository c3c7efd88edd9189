import type { AmiMessage } from './ami-message.ts'

/** What an event must say; a pattern where the value is not known to the letter. */
export type Words = Readonly<Record<string, string | RegExp>>

/** All events from the moment that listening began. */
export type Hearing = AsyncIterable<AmiMessage> & {
  /** The first event of this name with these words since listening began; rejects when the connection or the wait ends. */
  until(event: string, words?: Words): Promise<AmiMessage>
  /** Those heard so far. */
  all(event: string, words?: Words): readonly AmiMessage[]
}

/** A hearing, and what the connection does with it. */
export type Heard = { readonly hearing: Hearing; tell(message: AmiMessage): void; end(why: Error): void }

const WAIT_MS = 60_000

/** Whether a message is that event with those words. */
export function says(message: AmiMessage, event: string, words: Words = {}): boolean {
  return (
    message['Event'] === event &&
    Object.entries(words).every(([name, wanted]) => {
      const value = message[name]
      return typeof wanted === 'string' ? value === wanted : value !== undefined && wanted.test(value)
    })
  )
}

/** Begins to listen. */
export function createHearing(): Heard {
  const heard: AmiMessage[] = []
  const waiting = new Set<() => void>()
  let ended: Error | null = null
  const wake = (): void => {
    for (const look of waiting) look()
  }

  /** Waits until `find` finds something; the longest wait only turns a test that hangs into one that says what is missing. */
  function wait<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => give(new Error(`not within ${WAIT_MS} ms: ${what}; heard ${names(heard)}`)),
        WAIT_MS,
      )
      const give = (result: T | Error): void => {
        clearTimeout(timer)
        waiting.delete(look)
        if (result instanceof Error) reject(result)
        else resolve(result)
      }
      const look = (): void => {
        const found = find()
        if (found !== undefined) give(found)
        else if (ended !== null) give(new Error(`${ended.message} before ${what}; heard ${names(heard)}`))
      }
      waiting.add(look)
      look()
    })
  }

  async function* stream(): AsyncGenerator<AmiMessage> {
    for (let at = 0; ; at++) {
      while (at >= heard.length) {
        if (ended !== null) return
        await new Promise<void>((resolve) => {
          const look = (): void => {
            waiting.delete(look)
            resolve()
          }
          waiting.add(look)
        })
      }
      const message = heard[at]
      if (message !== undefined) yield message
    }
  }

  return {
    hearing: {
      [Symbol.asyncIterator]: stream,
      until: (event, words = {}) =>
        wait(() => heard.find((message) => says(message, event, words)), `«${event}» ${shown(words)}`),
      all: (event, words = {}) => heard.filter((message) => says(message, event, words)),
    },
    tell: (message) => {
      heard.push(message)
      wake()
    },
    end: (why) => {
      ended ??= why
      wake()
    },
  }
}

function shown(words: Words): string {
  return Object.entries(words)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
}

function names(heard: readonly AmiMessage[]): string {
  return [...new Set(heard.map((message) => message['Event'] ?? ''))].join(' ') || 'nothing'
}
