/** The codes of a connection that ended under a request; one that was never made has others. */
const BROKEN = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

function brokeOff(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && BROKEN.has(String(cause.code))
}

/**
 * Asks once more, at once, where the connection broke under the question: central closes one that has rested, and a desk
 * that was busy at that moment sends on it all the same. Only for what central answers alike however often it comes.
 */
export async function onceMore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!brokeOff(error)) throw error
    return ask()
  }
}
