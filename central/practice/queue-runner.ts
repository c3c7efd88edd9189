import { openBranch, releaseAnswer } from './branch.ts'
import { type Branch, type ExchangeCore, ownUri, queueNumber } from './exchange-core.ts'
import { dropEarly, trackDialog, type Setup } from './call-setup.ts'
import type { Connection } from './connection.ts'
import { maskNumber } from './mask-number.ts'
import { applyQueueEvent, emptyQueue, type CallDetail, type QueueEffect, type QueueEvent } from './queue.ts'
import type { ServerInvite } from './server-invites.ts'
import type { SipResponse } from './sip-message.ts'

/** Carries out what the queue machine decides. */
export interface QueueRunner {
  dispatch(event: QueueEvent): void
  enter(invite: ServerInvite, caller: string): void
  waiting(): number
  details(): readonly CallDetail[]
}

interface RunningCall {
  setup: Setup
  offers: Map<string, { branch: Branch; stopRing: () => void }>
}

const waitingMax = 200
const detailsMax = 10_000

/** Makes the runner of queue 12345. */
export function createQueueRunner(core: ExchangeCore): QueueRunner {
  let state = emptyQueue
  const events: QueueEvent[] = []
  const calls = new Map<string, RunningCall>()
  const answers = new Map<string, { connection: Connection; response: SipResponse }>()
  const details: CallDetail[] = []
  let busy = false
  let stopWake = (): void => {}

  // Effects can raise events; one at a time, so that no event meets a half-made state.
  function dispatch(event: QueueEvent): void {
    events.push(event)
    if (busy) return
    busy = true
    try {
      for (let next = events.shift(); next; next = events.shift()) {
        const step = applyQueueEvent(state, next)
        state = step.state
        for (const effect of step.effects) perform(effect)
      }
    } finally {
      busy = false
    }
  }

  function enter(invite: ServerInvite, caller: string): void {
    if (calls.size >= waitingMax) return invite.reply(503, { reason: 'Queue is full' })
    const callId = core.newId()
    calls.set(callId, { setup: { invite, caller, early: new Set() }, offers: new Map() })
    invite.onCancel = () => {
      invite.reply(487)
      dispatch({ type: 'citizenGone', callId, at: core.timers.now() })
    }
    core.emit({ event: 'queued', callId, from: maskNumber(caller) })
    core.callLog.queued(callId, caller, queueNumber)
    dispatch({ type: 'citizenQueued', callId, from: caller, at: core.timers.now() })
  }

  function perform(effect: QueueEffect): void {
    switch (effect.type) {
      case 'tellQueued':
        return calls
          .get(effect.callId)
          ?.setup.invite.reply(182, { headers: [['contact', `<${ownUri(core, queueNumber)}>`]] })
      case 'offer':
        return offer(effect.callId, effect.agent)
      case 'withdrawOffer':
        return withdraw(effect.callId, effect.agent)
      case 'connect':
        return connect(effect.callId, effect.agent)
      case 'releaseLateAnswer': {
        const late = answers.get(answerKey(effect.callId, effect.agent))
        return late && releaseAnswer(core, late.connection, late.response)
      }
      case 'record':
        return record(effect.detail)
      case 'wakeAt':
        stopWake()
        stopWake = core.timers.after(Math.max(1, effect.at - core.timers.now()), () =>
          dispatch({ type: 'timePassed', at: core.timers.now() }),
        )
    }
  }

  function offer(callId: string, agent: string): void {
    const call = calls.get(callId)
    const binding = core.registrar.lookup(agent)
    if (!call) return
    if (!binding) return dispatch({ type: 'agentUnregistered', agent, at: core.timers.now() })
    const { invite } = call.setup
    const target = { account: agent, connection: binding.connection }
    let forwarded = false
    core.emit({ event: 'offered', callId, agent })
    core.callLog.rang(callId, agent)
    const branch = openBranch(
      core,
      invite.request,
      {
        ...target,
        uri: binding.contact,
        recordRoute: true,
        headers: [
          ['x-call-id', callId],
          ['x-queue', queueNumber],
        ],
      },
      {
        progress: (response) => {
          if (invite.final !== null) return
          trackDialog(core, call.setup, target, response, () => {})
          invite.forward(response)
        },
        answered: (response) => {
          if (forwarded) return invite.forward(response)
          const key = answerKey(callId, agent)
          answers.set(key, { connection: binding.connection, response })
          dispatch({ type: 'agentAnswered', callId, agent, at: core.timers.now() })
          answers.delete(key)
          forwarded = invite.final === 200
        },
        failed: (response) => {
          core.emit({ event: 'refused', callId, agent, status: response?.status ?? 480 })
          dispatch({ type: 'agentRefused', callId, agent, at: core.timers.now() })
        },
      },
    )
    if (!branch) return dispatch({ type: 'agentRefused', callId, agent, at: core.timers.now() })
    const stopRing = core.timers.after(core.times.ringMs, () => {
      core.emit({ event: 'ringTimeout', callId, agent })
      dispatch({ type: 'ringTimedOut', callId, agent, at: core.timers.now() })
    })
    call.offers.set(agent, { branch, stopRing })
  }

  function withdraw(callId: string, agent: string): void {
    const call = calls.get(callId)
    const open = call?.offers.get(agent)
    if (!call || !open) return
    open.stopRing()
    open.branch.cancel()
    core.callLog.stopped(callId, agent)
    call.offers.delete(agent)
    dropEarly(core, call.setup)
  }

  function connect(callId: string, agent: string): void {
    const call = calls.get(callId)
    const answer = answers.get(answerKey(callId, agent))
    if (!call || !answer) return
    call.offers.get(agent)?.stopRing()
    call.offers.clear()
    const target = { account: agent, connection: answer.connection }
    trackDialog(core, call.setup, target, answer.response, () =>
      dispatch({ type: 'callHungUp', callId, at: core.timers.now() }),
    )
    call.setup.invite.forward(answer.response)
    core.emit({ event: 'answered', callId, agent })
    core.callLog.spoke(callId, agent)
  }

  function record(detail: CallDetail): void {
    const call = calls.get(detail.callId)
    if (call) dropEarly(core, call.setup)
    calls.delete(detail.callId)
    details.push(detail)
    if (details.length > detailsMax) details.shift()
    core.emit({ event: 'callEnded', ...detail, from: maskNumber(detail.from) })
    core.callLog.ended(detail.callId)
  }

  const answerKey = (callId: string, agent: string): string => JSON.stringify([callId, agent])
  return {
    dispatch,
    enter,
    waiting: () => [...state.calls.values()].filter((call) => call.answeredAt === null).length,
    details: () => details,
  }
}
