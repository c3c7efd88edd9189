/** Who is signed in at the administration's pages. */
import { adminSchema } from '../../shared/admin/people-page.ts'
import { createPageSession } from '../page/session.ts'

export const { useSession, onSessionChange, askWho, signIn, signOut } = createPageSession(
  '/admin',
  adminSchema,
  (one, other) => one.staffNo === other.staffNo && one.role === other.role,
)

const FRESH_MS = 30_000

/** Asks every half minute whether she is still let in: who was deactivated meanwhile sees the sign-in. */
export function watchSession(): void {
  const { getState } = useSession
  setInterval(() => {
    if (getState().state === 'signedIn') void askWho()
  }, FRESH_MS)
}
