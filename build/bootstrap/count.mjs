/**
 * A count of tests: that many passed, and room for the names of the others.
 * @returns {{ passed: number, failed: number, skipped: number, names: { failed: string[], skipped: string[] } }}
 */
export function passed(number = 1) {
  return { passed: number, failed: 0, skipped: 0, names: { failed: [], skipped: [] } }
}

/** One failure with its name. */
export function failed(name) {
  return { passed: 0, failed: 1, skipped: 0, names: { failed: [name], skipped: [] } }
}

/** One part that was left out, with the reason in its name. */
export function skipped(name) {
  return { passed: 0, failed: 0, skipped: 1, names: { failed: [], skipped: [name] } }
}

/** The sum of counts. */
export function sum(counts) {
  const total = passed(0)
  for (const count of counts) {
    for (const kind of ['passed', 'failed', 'skipped']) total[kind] += count[kind]
    for (const kind of ['failed', 'skipped']) total.names[kind].push(...count.names[kind])
  }
  return total
}

/** The line that every part and the whole end with. */
export function line(count) {
  return `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`
}
