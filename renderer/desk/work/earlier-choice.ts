export const EARLIER_ID = 'earlier-cases'

const buttons = () => [...(document.getElementById(EARLIER_ID)?.querySelectorAll('button') ?? [])]

/** Brings the focus to the newest of the earlier cases; nothing where there are none. */
export const focusEarlier = (): void => buttons()[0]?.focus()

/** The arrows go from one to the next. Answers whether the key was theirs. */
export function moveEarlier(key: string): boolean {
  const all = buttons()
  const here = all.findIndex((button) => button === document.activeElement)
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (step === 0 || here < 0) return false
  all[Math.max(0, Math.min(all.length - 1, here + step))]?.focus()
  return true
}
