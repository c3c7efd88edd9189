/**
 * How long, in ms, a desk keeps a case after its last event, and a call. Central gives a desk that begins anew no older
 * ones: it would let go of them at once.
 */
export const KEEP_MS = 30 * 86_400_000
