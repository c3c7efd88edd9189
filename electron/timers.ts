/** Does something once in so many ms, unless the returned function is called first. */
export type After = (ms: number, act: () => void) => () => void
/** Does something each so many ms until the returned function is called. */
export type Every = After

export const after: After = (ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

export const every: Every = (ms, act) => {
  const timer = setInterval(act, ms)
  return () => clearInterval(timer)
}
