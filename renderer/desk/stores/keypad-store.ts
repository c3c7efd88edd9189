/** Tones for a menu at the other end: each goes out as it is pressed, and is kept nowhere but on the screen. */
import { create } from 'zustand'
import type { Lines } from '../../../shared/call/lines.ts'
import type { Call } from '../../../shared/call/call.ts'
import { isWithOperator } from '../../../shared/call/ended-by-key.ts'
import { invoke } from '../../ui/bridge.ts'
import { tell, useCall } from './call-store.ts'
import { closeDial } from './dial-store.ts'

/** The keys as a telephone has them (ITU-T E.161), row by row. */
export const tones = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
export type Tone = (typeof tones)[number]

const closed = { callId: null, sent: '' } as const

/** To which call tones go, and which went; closed where there is none. */
export const useKeypad = create<{ readonly callId: string | null; readonly sent: string }>()(() => closed)

/** Who hears tones: whom the operator speaks with; of two that are joined the one she dialled, as citizens have no menus. */
export function tonesTo({ call, beside }: Lines): Call | null {
  return isWithOperator(beside) ? beside : isWithOperator(call) ? call : null
}

const hearerNow = () => {
  const { snapshot } = useCall.getState()
  return snapshot && (tonesTo(snapshot)?.caller.callId ?? null)
}

export const closeKeypad = (): void => useKeypad.setState(closed)

export function toggleKeypad(): void {
  const callId = useKeypad.getState().callId === null ? hearerNow() : null
  if (callId !== null) closeDial()
  useKeypad.setState({ callId, sent: '' })
}

/** Sends a tone to the call for which the keypad was opened; to another one never. */
export function sendTone(tone: Tone): void {
  const { callId, sent } = useKeypad.getState()
  if (callId === null || callId !== hearerNow()) return closeKeypad()
  useKeypad.setState({ sent: `${sent}${tone}` })
  void tell(invoke('phone.tones', { callId, tones: tone }))
}
