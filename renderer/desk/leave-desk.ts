import { leaveCall } from './actions.ts'
import { clearWrong, wrongSaver } from './knowledge/wrong-store.ts'
import { clearNews } from './stores/article-news-store.ts'
import { tell } from './stores/call-store.ts'
import { clearCalls } from './stores/calls-store.ts'
import { forgetDialled } from './stores/dial-store.ts'
import { closeDrafts, draftsSettled, openDraft } from './stores/draft-store.ts'
import { closeCalls } from './stores/panel-store.ts'
import { endWatching, watchStarred } from './stores/presence-store.ts'
import { signOut } from './stores/session-store.ts'
import { clearSimilar } from './stores/similar-store.ts'
import { clearOwnWork } from './work/clear-work.ts'
import { stepSaver } from './work/step-store.ts'

/** How long a sign-out waits for a store that does not answer; what waits is kept, and sent under its author. */
const PATIENCE = 5000

/** Signs the operator out when the store has all her words, or has said that it cannot take them now. */
export async function leaveDesk(): Promise<void> {
  leaveCall()
  openDraft(null)
  stepSaver.flush()
  wrongSaver.flush()
  await Promise.race([draftsSettled(), new Promise((resolve) => window.setTimeout(resolve, PATIENCE))])
  // Told ahead of the sign-out, and not waited for: a phone that does not answer keeps nobody here.
  void endWatching()
  if (!(await tell(signOut()))) return void watchStarred()
  closeDrafts()
  forgetDialled()
  closeCalls()
  clearCalls()
  clearOwnWork()
  clearSimilar()
  clearNews()
  clearWrong()
}
