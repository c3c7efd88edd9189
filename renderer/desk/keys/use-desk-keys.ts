import { useEffect } from 'react'
import { isComposing } from '../../ui/composing.ts'
import { deskState, useCall } from '../stores/call-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import { perform } from '../actions.ts'
import { bindingFor, isDeskKey, pressedKey } from './key-map.ts'

/** Listens to the keys of the whole desk, ahead of every field; the input method's keys are its own. */
export function useDeskKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isComposing(event)) return
      const pressed = pressedKey(event)
      if (!isDeskKey(pressed)) return
      event.preventDefault()
      event.stopPropagation()
      if (event.repeat) return
      const binding = bindingFor(pressed, deskState(useCall.getState().snapshot), isPhoneUp(useSync.getState()))
      if (binding) perform(binding.id, binding.keys.indexOf(pressed))
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
