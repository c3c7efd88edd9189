import { beforeEach } from 'vitest'
import { signedOff } from '../../shared/call/operator-status.ts'
import { perform } from '../../renderer/desk/actions.ts'
import { startFlow } from '../../renderer/desk/desk-flow.ts'
import { closeDrafts } from '../../renderer/desk/stores/draft-store.ts'
import { useSession } from '../../renderer/desk/stores/session-store.ts'
import { openWindow, rest } from './fake-window.ts'

/** A form with which nothing is missing. */
export const fullForm = {
  kind: 'consult',
  classification: '0101',
  district: '蓬江区',
  content: '停水',
  replyMode: 'notWanted',
} as const

/**
 * The desk on an invented desktop. Before each test it comes to rest, ready: no call, nothing open, nothing stored, and
 * nothing asked of the desktop yet. `clear` empties what else the tests of a file fill.
 */
export function openDesk(clear: () => void = () => undefined) {
  const world = openWindow()
  let tests = 0
  world.register()
  beforeEach(async () => {
    await rest()
    closeDrafts()
    world.drafts.clear()
    world.call = null
    world.operator = { ...signedOff, status: 'ready', registered: true, since: 0 }
    world.storeFault = null
    world.slow = {}
    clear()
    useSession.setState({ session: world.session, state: 'signedIn' })
    await startFlow()
    await rest()
    world.calls = []
    tests += 1
  })
  return {
    world,
    /** The name of a call that no other test has. */
    callIn: (name: string) => `${name}-${tests}`,
    /** Presses keys, each when all that the one before brought has come to rest. */
    press: async (...ids: Parameters<typeof perform>[0][]) => {
      for (const id of ids) {
        perform(id)
        await rest()
      }
    },
  }
}
