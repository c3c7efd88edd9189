/** What a window keeps over its restarts: import it before what reads it. */
export const kept = new Map<string, string>()

Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  },
})
