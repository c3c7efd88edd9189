import { useTranslation } from 'react-i18next'
import { isAnswered, isHeld } from '../../../shared/call/call.ts'
import { perform } from '../actions.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { isLive, keyMap, type KeyId } from '../keys/key-map.ts'
import { pausable, warnable } from '../stores/care-store.ts'
import { deskState, spokenFor, useCall } from '../stores/call-store.ts'
import { dialPlace, useDial } from '../stores/dial-store.ts'
import { isOpen } from '../stores/line-store.ts'
import { useDraft } from '../stores/draft-store.ts'
import { isPhoneUp, useSync } from '../stores/sync-store.ts'
import css from './call-keys.module.css'

const lineKeys = ['answer', 'reject', 'hold', 'hangUp'] as const
const isLineKey = (id: KeyId): id is (typeof lineKeys)[number] => lineKeys.some((key) => key === id)

/** The keys of the call: always all of them, always in their place; those without a meaning now are faint. */
export function CallKeys() {
  const { t } = useTranslation()
  const snapshot = useCall((state) => state.snapshot)
  const settles = useDraft(({ open }) => open !== null && open.callId !== null && open.caseNo === null)
  const phoneUp = useSync(isPhoneUp)
  const state = deskState(snapshot)
  const muted = state === 'inCall' && spokenFor(snapshot)?.muted === true
  const held = snapshot?.call != null && isOpen(snapshot, 'hold') && isHeld(snapshot.call)
  const paused = isAnswered(snapshot?.call ?? null) && snapshot?.call?.care.recording.pausedAt != null
  const dialOpen = useDial(({ shown }) => shown !== 'closed')
  const press = (id: KeyId) => ({
    id,
    disabled:
      !keyMap.some((binding) => binding.id === id && isLive(binding, state, phoneUp)) ||
      (id === 'noMatter' && !settles) ||
      (id === 'warn' && (snapshot === null || warnable(snapshot) === null)) ||
      (id === 'pauseRecording' && (snapshot === null || pausable(snapshot) === null)) ||
      (id === 'dial' && dialPlace(snapshot) === null) ||
      (isLineKey(id) && !isOpen(snapshot, id)),
    onPress: () => perform(id),
  })
  return (
    <div className={css.keys}>
      <KeyButton {...press('answer')} tone="accept">
        {t('call.key.answer')}
      </KeyButton>
      <KeyButton {...press('reject')}>{t('call.key.reject')}</KeyButton>
      <KeyButton {...press('mute')} pressed={muted}>
        {muted ? t('call.key.unmute') : t('call.key.mute')}
      </KeyButton>
      <KeyButton {...press('hold')} pressed={held}>
        {held ? t('lines.key.resume') : t('lines.key.hold')}
      </KeyButton>
      <KeyButton {...press('away')}>{t('call.key.away')}</KeyButton>
      <KeyButton {...press('ready')} tone="go">
        {t('call.key.ready')}
      </KeyButton>
      <KeyButton {...press('noMatter')}>{t('call.key.noMatter')}</KeyButton>
      <KeyButton {...press('dial')} pressed={dialOpen}>
        {state === 'inCall' ? t('dial.key.call') : t('dial.key.free')}
      </KeyButton>
      <KeyButton {...press('warn')}>{t('care.warn')}</KeyButton>
      <KeyButton {...press('pauseRecording')} pressed={paused}>
        {paused ? t('care.resume') : t('care.pause')}
      </KeyButton>
      <KeyButton {...press('hangUp')} tone="end" wide>
        {t('call.key.hangUp')}
      </KeyButton>
    </div>
  )
}
