/** Who is signed in at the page of the member units. */
import { meSchema } from '../../../shared/unit/unit-page.ts'
import { createPageSession } from '../../page/session.ts'

export const { useSession, onSessionChange, askWho, signIn, signOut } = createPageSession(
  '/unit',
  meSchema,
  (one, other) => one.staffNo === other.staffNo && one.unit === other.unit,
)
