/** A value that does not flicker: it changes when the same other value was seen several times in a row. */
export function createSteady<T>(first: T, times: { readonly worse: number; readonly better: number }) {
  let shown = first
  let next = first
  let seen = 0
  return {
    /** Takes what is measured; answers what is to be shown. `isWorse` tells whether a change is bad news. */
    take: (value: T, isWorse: (value: T, shown: T) => boolean): T => {
      seen = Object.is(value, next) ? seen + 1 : 1
      next = value
      if (seen >= (isWorse(value, shown) ? times.worse : times.better)) shown = value
      return shown
    },
  }
}
