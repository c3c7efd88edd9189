/** Every expected failure of the product, by name; its words stand in i18n under `error.<code>`. */
export type ErrorCode =
  | 'invalidInput'
  | 'notSignedIn'
  | 'wrongPassword'
  /** Too many wrong passwords; the detail says for how many minutes. */
  | 'lockedOut'
  /** The password is right; this role's one-time code is wanted besides it, was wrong or used, was never set up. */
  | 'codeRequired'
  | 'codeWrong'
  | 'codeNotEnrolled'
  /** Central is away, and this desk does not know the person from within 12 hours. */
  | 'offlineUnknown'
  /** Central is away, and this machine's clock is earlier than it was: by it 12 hours cannot be told. */
  | 'clockBehind'
  /** A desk's enrolment code. */
  | 'wrongCode'
  | 'deviceUnknown'
  | 'tooMany'
  | 'forbidden'
  | 'issuerAway'
  | 'notStaff'
  | 'notFound'
  | 'illegalTransition'
  /** Something newer stands than was gone upon; the detail says which. */
  | 'outdated'
  | 'centralUnreachable'
  | 'centralFailed'
  | 'protocolMismatch'
  | 'phoneDown'
  /** The phone lives and does not answer. */
  | 'phoneHangs'
  | 'phoneRefused'
  /** The exchange's certificate is not one that this machine trusts. */
  | 'certificateRefused'
  | 'storeDown'
  | 'diskFull'
  | 'diskFailed'
  | 'databaseBroken'
  | 'databaseFromFuture'
  | 'newDatabase'
  | 'internal'

/** A failure that was expected: a code for the program, a detail for the reader (never personal data). */
export type Failure = { readonly code: ErrorCode; readonly detail?: string }

/** What is expected to fail returns this; exceptions are for bugs. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(code: ErrorCode, detail?: string): Result<never> {
  return { ok: false, error: detail === undefined ? { code } : { code, detail } }
}

/** Marks a value that cannot be absent unless the program is wrong. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`must: ${what}`)
  return value
}

/** Proves to the compiler that a union was handled whole. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`)
}
