/** A reason value that says that somebody else answered: 200 in the words of SIP, 26 in those of Q.850. */
const elsewhere = /(?:^|,)\s*(?:SIP\s*;[^,]*\bcause\s*=\s*200\b|Q\.850\s*;[^,]*\bcause\s*=\s*26\b)/i

/** Whether a CANCEL is sent because the call was answered elsewhere, by its Reason header fields (RFC 3326 2 and 3.1). */
export function isElsewhere(reasons: readonly string[]): boolean {
  return reasons.some((value) => elsewhere.test(value))
}
