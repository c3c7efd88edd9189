import { fail, ok, type Result } from '../../shared/errors.ts'
import type { LineEvent } from '../../shared/call/call-lines.ts'
import type { Handlers } from '../../shared/ipc.ts'
import type { Clock } from '../../shared/ports.ts'

/** The commands that press a key of the calls. */
export type LineHandlers = Pick<
  Handlers<'phone'>,
  | 'phone.answer'
  | 'phone.reject'
  | 'phone.hangUp'
  | 'phone.hold'
  | 'phone.swap'
  | 'phone.join'
  | 'phone.complete'
  | 'phone.mute'
>

/** `dispatch` answers whether the event meant anything to the calls as they stand. */
export function createLineHandlers(clock: Clock, dispatch: (event: LineEvent) => boolean) {
  const press = (event: LineEvent): Result<null> => (dispatch(event) ? ok(null) : fail('illegalTransition', 'call'))
  const at = () => clock.now()
  const handlers: LineHandlers = {
    'phone.answer': ({ callId }) => press({ type: 'answerPressed', callId, at: at() }),
    'phone.reject': ({ callId }) => press({ type: 'rejectPressed', callId, at: at() }),
    'phone.hangUp': ({ callId }) => press({ type: 'hangUpPressed', callId, at: at() }),
    'phone.hold': ({ callId, held }) => press({ type: held ? 'holdPressed' : 'resumePressed', callId, at: at() }),
    'phone.swap': () => press({ type: 'swapPressed', at: at() }),
    'phone.join': ({ joined }) => press({ type: joined ? 'joinPressed' : 'splitPressed', at: at() }),
    'phone.complete': () => press({ type: 'completePressed', at: at() }),
    'phone.mute': ({ callId, muted }) => {
      dispatch({ type: 'mutePressed', callId, muted, at: at() })
      return ok(null)
    },
  }
  return { handlers, press }
}
