/** Why a call could not be taken at this desk: it offers none of the desk's codecs, or sound that is not encrypted. */
export type UntakenWhy = 'codecs' | 'encryption'

/** The last such call; it was refused with 488 (RFC 3261 21.4.26) without a ring, and a call back is owed (B1). */
export type UntakenCall = { readonly callId: string; readonly why: UntakenWhy; readonly at: number }
