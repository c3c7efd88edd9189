/** Keeps the desk in step with the phone and the store; the only place that listens to their events. */
import type { Caller } from '../../shared/call/call.ts'
import type { PhoneSnapshot } from '../../shared/call/phone-snapshot.ts'
import type { LastAct } from '../../shared/script/moment.ts'
import { on } from '../ui/bridge.ts'
import { focusField, soon } from './focus.ts'
import { noteAct, noteContent, noteLevels, noteSides, resetActivity } from './stores/activity-store.ts'
import { followArticles, loadNews } from './stores/article-news-store.ts'
import {
  currentCall,
  deskState,
  endWrapUp,
  forgetStoreDown,
  noteCloseHeld,
  refreshPhone,
  takeSnapshot,
  useCall,
} from './stores/call-store.ts'
import { useDial } from './stores/dial-store.ts'
import { hasOutcome, isBeside } from './stores/call-cases.ts'
import {
  discardOpen,
  dropSaved,
  keepOpen,
  newDraft,
  noteConfirmed,
  openDraft,
  refreshDrafts,
  resumeDraft,
  saver,
  useDraft,
} from './stores/draft-store.ts'
import { isClean, isTouched, type OpenDraft } from './stores/open-draft.ts'
import { noteComposingWords, noteEmergency } from './stores/emergency-note.ts'
import { followOpen, isFollowing, noteComposing } from './stores/follow-case.ts'
import { passNote } from './stores/form-note.ts'
import { clearLate, loadLate, useLate } from './stores/late-store.ts'
import { closeNoMatter } from './stores/panel-store.ts'
import { wrongSaver } from './knowledge/wrong-store.ts'
import { noteTable } from './work/table-store.ts'
import { learnOpen, noteOpen } from './ledger/ledger-store.ts'
import { keepCounting, noteCaseNews, refreshCounts } from './work/counts-store.ts'
import { notePageNews } from './work/page-store.ts'
import { stepSaver } from './work/step-store.ts'
import { forgetPresences, takePresences, watchStarred } from './stores/presence-store.ts'
import { noteService, refreshSync, refreshToday, useSync } from './stores/sync-store.ts'
import { refreshTables } from './stores/tables-store.ts'

/** The draft of the call that rings, made when it began to ring. */
let ringing: OpenDraft | null = null
let restored = false
let connected = false
let was: { callId: string | null; state: ReturnType<typeof deskState> } = { callId: null, state: 'offline' }

function actOf({ form, caseNo }: OpenDraft): LastAct {
  if (caseNo !== null) return 'saved'
  if (form.reply !== '') return 'replying'
  return form.content === '' ? 'none' : 'typing'
}

/** Brings the draft of a call onto the screen: the one that stands in the store, or a new one. */
function showDraftOf(caller: Caller): void {
  const { callId } = caller
  const { open, listed } = useDraft.getState()
  const ofCall = listed.filter((draft) => draft.callId === callId)
  // Of several matters in one call, that which is not finished.
  const stored = ofCall.find(({ clean }) => !clean) ?? ofCall[0]
  const here = open?.callId === callId
  // The stored draft wins over one that holds nothing: the store may have come back later than the desk.
  if (here && (!stored || stored.caseId === open.caseId || isTouched(open) || isBeside(open.caseId))) return
  if (stored) resumeDraft(stored)
  else openDraft(ringing?.callId === callId ? ringing : newDraft(caller))
  const shown = useDraft.getState().open
  resetActivity(shown ? actOf(shown) : 'none')
  noteContent(shown?.form.content ?? '')
}

/** Another citizen comes to the front: the case of the one before stays on the list, though nothing was typed (rule 7). */
function keepAside(callId: string): void {
  const { open } = useDraft.getState()
  if (open?.callId !== callId || isTouched(open) || hasOutcome(callId)) return
  keepOpen()
}

function follow(snapshot: PhoneSnapshot): void {
  if (!restored) return
  const state = deskState(snapshot)
  const call = currentCall(snapshot)
  const callId = call?.caller.callId ?? null
  const before = was
  was = { callId, state }
  if (call && callId !== null) {
    if (state === 'ringing') {
      if (before.callId === callId) return
      if (before.callId !== null && before.state === 'inCall') keepAside(before.callId)
      ringing = newDraft(call.caller)
      const { open } = useDraft.getState()
      // Under the hand of an operator who is writing nothing changes before the call is answered.
      if (!isTouched(open) || isClean(open)) showDraftOf(call.caller)
    } else if (before.callId !== callId || before.state === 'ringing') {
      if (before.callId !== null && before.callId !== callId && before.state === 'inCall') keepAside(before.callId)
      showDraftOf(call.caller)
      soon(() => focusField('content'))
    }
  } else if (before.callId !== null) {
    const { open } = useDraft.getState()
    // Missed or rejected: the draft that was made for it holds nothing.
    if (before.state === 'ringing' && open?.callId === before.callId && !isTouched(open)) openDraft(null)
    ringing = null
    closeNoMatter()
    // The saved cases of the call that has gone from the screen are done.
    dropSaved()
  }
  if (before.state !== state) void refreshToday()
  if (state === 'wrapUp' && before.state === 'inCall') finishSettled(callId)
}

/** A call that was settled while it was up leaves nothing to wrap up. */
function finishSettled(callId: string | null): void {
  const { settled } = useCall.getState()
  const { open } = useDraft.getState()
  if (settled === null || settled.callId !== callId || isTouched(open)) return
  void discardOpen()
  void endWrapUp()
}

/** The store is back: what it holds of the call on the screen is taken up. */
async function learnDrafts(): Promise<void> {
  await refreshDrafts()
  const call = currentCall(useCall.getState().snapshot)
  if (call && restored) showDraftOf(call.caller)
}

/** Something may have come from central: what waits for a choice, and how the case on the screen stands. */
function lookAround(): void {
  const { sync } = useSync.getState()
  if ((sync?.late ?? 0) > 0 || useLate.getState().entries.length > 0) void loadLate()
  void followOpen()
}

function connect(): void {
  connected = true
  on('phone.changed', takeSnapshot)
  on('phone.levels', noteLevels)
  useDial.subscribe(noteSides)
  on('phone.presence', takePresences)
  on('window.closeHeld', noteCloseHeld)
  on('answerKey.changed', ({ taken }) => useCall.setState({ answerKeyTaken: taken }))
  on('sync.changed', (sync) => {
    useSync.setState({ sync })
    void refreshToday()
    lookAround()
  })
  on('table.progress', ({ bytes }) => noteTable(bytes))
  on('ledger.changed', ({ open }) => noteOpen(open))
  on('tables.changed', () => void refreshTables())
  void refreshTables()
  on('kb.changed', () => void loadNews())
  followArticles()
  on('case.confirmed', ({ caseId }) => {
    noteConfirmed(caseId)
    notePageNews(caseId)
    noteCaseNews()
  })
  on('service.changed', (change) => {
    noteService(change)
    if (change.service === 'phone' && change.state === 'down') forgetPresences()
    if (change.state === 'down') return
    // A phone that came back watches nobody; a store that came back says whom she starred.
    void watchStarred()
    // Which call stands is known now: only its case must not go from the list.
    if (change.service === 'phone') void refreshPhone().then(dropSaved)
    else {
      forgetStoreDown()
      saver.resume()
      stepSaver.resume()
      wrongSaver.resume()
      void learnDrafts().then(lookAround)
      void refreshSync()
      void refreshTables()
    }
  })
  for (const name of ['blur', 'pagehide'])
    window.addEventListener(name, () => {
      saver.flush()
      stepSaver.flush()
      wrongSaver.flush()
    })
  keepCounting()
  window.setInterval(() => {
    void refreshToday()
    // At midnight articles expire.
    void loadNews()
  }, 60_000)
  useCall.subscribe(({ snapshot }, before) => {
    if (!snapshot || snapshot === before.snapshot) return
    follow(snapshot)
    noteSides()
    if (restored) noteEmergency(snapshot)
  })
  for (const [name, now] of [
    ['compositionstart', true],
    ['compositionend', false],
  ] as const)
    window.addEventListener(name, () => {
      noteComposing(now)
      noteComposingWords(now)
    })
  useDraft.subscribe(({ open, saving }, before) => {
    // Another case on the screen, or what she saved: how does it stand by now?
    if (open?.caseId !== before.open?.caseId || (before.saving && !saving)) void followOpen()
    if (open?.form !== before.open?.form && !isFollowing()) passNote()
    if (open?.form.content !== before.open?.form.content) noteContent(open?.form.content ?? '')
    if (open?.caseNo && open.caseNo !== before.open?.caseNo) void refreshToday()
    if (open?.caseId !== before.open?.caseId || !open || !before.open || isFollowing()) return
    if (open.form.reply !== before.open.form.reply) noteAct('replying')
    else if (open.form !== before.open.form) noteAct('typing')
  })
}

/** After the sign-in: connects the stores to the desktop, and restores the call and the draft that were there. */
export async function startFlow(): Promise<void> {
  if (!connected) connect()
  restored = false
  was = { callId: null, state: 'offline' }
  await Promise.all([refreshPhone(), refreshSync(), refreshDrafts()])
  restored = true
  void watchStarred()
  void refreshCounts()
  void learnOpen()
  void loadNews()
  clearLate()
  lookAround()
  const { snapshot } = useCall.getState()
  // Before the phone is there nobody knows whether a call stands whose case is still on the list.
  if (snapshot === null) return
  follow(snapshot)
  dropSaved()
}
