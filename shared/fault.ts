/** Where an error arose, without its message, which may quote what a citizen said; for the log. */
export type Fault = { readonly name: string; readonly code: string; readonly where: string }

/** What is logged of an error. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: typeof error, code: '', where: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code.slice(0, 40) : ''
  const where = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    // Folders may carry the name of whoever is logged in to the machine.
    .map((line) => line.trim().replace(/(?:file:\/\/)?(?:\/|[A-Z]:\\)[^\s)]*[/\\]/, ''))
  return { name: error.name, code, where: where.join(' < ') }
}
