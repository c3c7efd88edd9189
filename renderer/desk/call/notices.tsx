import { useTranslation } from 'react-i18next'
import { isAnyUp } from '../../../shared/call/lines.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import { zh } from '../../../shared/i18n/zh.ts'
import { keyShown } from '../keys/key-map.ts'
import { useCall, type DeskState } from '../stores/call-store.ts'
import { hindranceOf, useDial } from '../stores/dial-store.ts'
import { useDraft } from '../stores/draft-store.ts'
import { useSync } from '../stores/sync-store.ts'
import css from './notices.module.css'

type Notice = { readonly tone: 'warn' | 'bad' | 'quiet'; readonly words: string }

function isCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(zh.error, code)
}

/** What the operator should know about the desk itself: one place, under everything that is pressed. */
function useNotices(state: DeskState): Notice[] {
  const { t } = useTranslation()
  const { snapshot, failure, waiting, settled, closeHeld, answerKeyTaken } = useCall()
  const { store, phone } = useSync(({ services }) => services)
  const open = useDraft((draft) => draft.open)
  const hindered = useDial((dial) => dial.hindered)
  const callId = snapshot?.call?.caller.callId
  const notices: Notice[] = []
  if (closeHeld?.why === 'unsaved') notices.push({ tone: 'bad', words: t('call.closeUnsaved') })
  else if (snapshot !== null && isAnyUp(snapshot) && closeHeld?.callId === callId)
    notices.push({ tone: 'warn', words: t('call.closeHeld') })
  if (hindered !== null && hindered === hindranceOf(snapshot))
    notices.push({ tone: 'bad', words: t(`dial.hindered.${hindered}`, { key: keyShown('drop') }) })
  if (waiting > 0) notices.push({ tone: 'quiet', words: t('call.waiting') })
  if (failure) notices.push({ tone: 'bad', words: t(`error.${failure.code}`) })
  for (const service of [store, phone]) {
    const fallback = service === store ? 'storeDown' : 'phoneDown'
    if (service.state === 'down')
      notices.push({ tone: 'bad', words: t(`error.${isCode(service.code) ? service.code : fallback}`) })
    // A store that came up may still have to say that it set a broken file aside.
    else if (isCode(service.code)) notices.push({ tone: 'warn', words: t(`error.${service.code}`) })
  }
  if (snapshot?.microphone === 'missing') notices.push({ tone: 'bad', words: t('line.microphoneMissing') })
  if (snapshot?.microphone === 'denied') notices.push({ tone: 'bad', words: t('line.microphoneDenied') })
  if (snapshot?.microphone === 'stuck') notices.push({ tone: 'bad', words: t('line.microphoneStuck') })
  if (answerKeyTaken) notices.push({ tone: 'warn', words: t('care.answerKeyTaken') })
  if (snapshot?.sound === 'blocked') notices.push({ tone: 'warn', words: t('line.soundBlocked') })
  if (snapshot?.problem && state !== 'offline') notices.push({ tone: 'warn', words: t(`line.${snapshot.problem}`) })
  if (snapshot?.untaken)
    notices.push({ tone: 'bad', words: t(`line.untaken.${snapshot.untaken.why}`, { key: keyShown('calls') }) })
  if (settled && (settled.callId === callId || settled.callId === open?.callId))
    notices.push({ tone: 'quiet', words: t(`call.settled.${settled.outcome}`) })
  else if (state === 'wrapUp' && open?.callId === callId && open?.caseNo === null)
    notices.push({ tone: 'quiet', words: t('call.noOutcome', { key: keyShown('noMatter') }) })
  // The same may be known from two sides: a refused act, and the service that refused it.
  return notices.filter(({ words }, index) => notices.findIndex((each) => each.words === words) === index)
}

/** The strip of notices at the foot of the left column. */
export function Notices({ state }: { readonly state: DeskState }) {
  const notices = useNotices(state)
  return (
    <div className={css.notices} role="status" aria-live="polite" data-testid="notices">
      {notices.map(({ tone, words }) => (
        <p key={words} data-tone={tone}>
          {words}
        </p>
      ))}
    </div>
  )
}
