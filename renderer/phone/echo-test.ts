/**
 * A test call to the exchange's echo: no citizen's, so no call of the lines, no fact and no statistics.
 *
 * E1 Only while no call is up; one that comes, or is dialled, ends it at once.
 * E2 It ends by itself after 20 s, whatever the exchange does.
 */
import type { EchoTest } from '../../shared/call/echo-test.ts'
import type { EventData } from '../../shared/ipc.ts'
import type { Ids } from '../../shared/ports.ts'
import type { After } from './auto-answer.ts'
import type { CallMedia } from './call-media.ts'
import type { SoundDeps } from './call-sounds.ts'
import { createEchoJudge } from './echo-judge.ts'
import type { SipPhone } from './sip-ports.ts'

const LONGEST_MS = 20_000
const LOOK_MS = 100

/** What it needs of the world besides what calls need. */
export type EchoDeps = {
  readonly after: After
  /** Runs again and again until the returned function is called. */
  readonly every: (ms: number, act: () => void) => () => void
  readonly levels: (levels: EventData<'phone.echoLevels'>) => void
}

type Deps = EchoDeps &
  Omit<SoundDeps, 'join'> & {
    readonly ids: Ids
    readonly sip: Pick<SipPhone, 'dial' | 'hangUp' | 'peerConnection'>
    readonly changed: () => void
  }

type Running = { readonly callId: string; sound: MediaStream | null; media: CallMedia | null; ends: (() => void)[] }

export function createEchoTest({ sip, microphone, watch, ids, after, every, levels, changed }: Deps) {
  let shown: EchoTest | null = null
  let running: Running | null = null
  /** Test calls whose end the exchange has not said. */
  const own = new Set<string>()

  function show(next: EchoTest | null): void {
    shown = next
    changed()
  }

  function finish(state: 'over' | 'failed', status: number | null): void {
    if (running === null) return
    for (const end of running.ends) end()
    running.media?.release()
    for (const track of running.sound?.getTracks() ?? []) track.stop()
    running = null
    levels({ microphone: 0, ear: 0 })
    show({ state, heard: shown?.heard ?? false, status })
  }

  function stop(): void {
    if (running === null) return
    sip.hangUp(running.callId)
    finish('over', null)
  }

  async function start(number: string): Promise<void> {
    if (running !== null) return
    const mine: Running = { callId: `echo-${ids.next()}`, sound: null, media: null, ends: [after(LONGEST_MS, stop)] }
    running = mine
    own.add(mine.callId)
    show({ state: 'calling', heard: false, status: null })
    const sound = await microphone.open()
    if (running !== mine) return sound.getTracks().forEach((track) => track.stop())
    mine.sound = sound
    await sip.dial(mine.callId, number, sound)
  }

  function listen(mine: Running, media: CallMedia): void {
    const judge = createEchoJudge()
    mine.media = media
    media.hear({ mic: true, ear: true })
    mine.ends.push(
      every(LOOK_MS, () => {
        const { operator, citizen } = media.stats()
        levels({ microphone: operator.level, ear: citizen.level })
        if (judge.take(operator, citizen) && shown?.heard === false) show({ ...shown, heard: true })
      }),
    )
  }

  return {
    start,
    stop,
    /** Ends it, and nothing is shown of it any more. */
    clear: () => {
      stop()
      if (shown !== null) show(null)
    },
    shown: () => shown,
    owns: (callId: string) => own.has(callId),
    established: (callId: string) => {
      const peer = sip.peerConnection(callId)
      if (running?.callId !== callId || running.sound === null || peer === null) return
      const news = { answered: true, confirmed: () => undefined, flows: () => undefined }
      listen(running, watch(callId, peer, running.sound, news))
      show({ state: 'up', heard: false, status: null })
    },
    over: (callId: string, failed: boolean, status: number | null) => {
      own.delete(callId)
      if (running?.callId === callId) finish(failed ? 'failed' : 'over', status)
    },
  }
}
