import { voiceDbfs } from './ear.ts'
import type { Heard } from './ear.ts'
import type { ScenarioStep } from './scenario.ts'

/** What a scenario needs of the caller's body. */
export interface CallerBody {
  /** Aborted when the call is over. */
  signal: AbortSignal
  say(line: string): Promise<void>
  /** Calls back for every window of sound heard; returns what ends it. */
  onWindow(listener: (heard: Heard) => void): () => void
}

/** Plays the steps of a scenario, until they or the call are over. */
export async function playSteps(steps: readonly ScenarioStep[], body: CallerBody): Promise<void> {
  for (const step of steps) {
    if (body.signal.aborted) return
    if (step.do === 'say') await body.say(step.line)
    else if (step.do === 'listen') await listen(step, body)
    else await untilAborted(body.signal, step.atMostSeconds)
  }
}

type ListenStep = ScenarioStep & { do: 'listen' }

// Time is counted by the windows of sound themselves: a second is what was heard of it.
async function listen(step: ListenStep, body: CallerBody): Promise<void> {
  const over = Promise.withResolvers<void>()
  let startedAt: number | null = null
  let lastAt = 0
  let voiceMs = 0
  let quietMs = 0
  let prompting = false
  const stop = body.onWindow((heard) => {
    startedAt ??= heard.at
    const passedMs = lastAt === 0 ? 0 : heard.at - lastAt
    lastAt = heard.at
    if (heard.dbfs > voiceDbfs) {
      voiceMs += passedMs
      quietMs = 0
    } else quietMs += passedMs
    const answered = voiceMs >= step.voiceSeconds * 1000 && quietMs >= step.quietSeconds * 1000
    if (answered || heard.at - startedAt >= step.atMostSeconds * 1000) return over.resolve()
    if (!step.prompt || prompting || quietMs < step.prompt.afterSeconds * 1000) return
    prompting = true
    void body.say(step.prompt.line).then(() => {
      prompting = false
      quietMs = 0
    })
  })
  body.signal.addEventListener('abort', () => over.resolve(), { once: true })
  if (body.signal.aborted) over.resolve()
  await over.promise
  stop()
}

async function untilAborted(signal: AbortSignal, seconds: number): Promise<void> {
  if (signal.aborted) return
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(() => over.resolve(), seconds * 1000)
  signal.addEventListener('abort', () => over.resolve(), { once: true })
  await over.promise
  clearTimeout(timer)
}
