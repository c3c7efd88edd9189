/** Which words of central's end the signing in without it at this desk, and whose (rules S9.9; its table stands there). */
import type { ErrorCode } from '../../shared/errors.ts'
import type { DirectoryEntry } from '../../shared/directory/entry.ts'

/** What central was asked: something by her password, by her sign-in, or as this desk. */
export type Asked = 'password' | 'session' | 'device'
/** `hers`; `ofPassword`: hers where she is known by just the password that was asked with; `all`: everybody's. */
export type Ends = 'hers' | 'ofPassword' | 'all'

const ends: Readonly<Record<Asked, Partial<Record<ErrorCode, Ends>>>> = {
  password: {
    wrongPassword: 'ofPassword',
    // Said only to who sent the right password: her role works at no desk, or takes more than a password from now on.
    forbidden: 'hers',
    codeRequired: 'hers',
    codeWrong: 'hers',
    codeNotEnrolled: 'hers',
  },
  session: { notSignedIn: 'hers' },
  // Also where it is said to a sign-in: it is said of the desk.
  device: { deviceUnknown: 'all' },
}

/** Whose signing in without central ends by this answer; null where nobody's does. */
export function endsBy(asked: Asked, code: ErrorCode): Ends | null {
  return ends[asked][code] ?? null
}

/** Who is let in by central alone by what the directory says of her from now on; null for everybody else. */
export function endedBy(entry: DirectoryEntry): string | null {
  const leads = entry.kind === 'colleague' && entry.role !== null && entry.role !== 'operator'
  return leads ? entry.staffNo : null
}
