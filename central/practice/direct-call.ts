import { openBranch, releaseAnswer } from './branch.ts'
import { dropEarly, trackDialog } from './call-setup.ts'
import type { Setup } from './call-setup.ts'
import type { ExchangeCore } from './exchange-core.ts'
import { isCitizen } from './exchange-core.ts'
import type { ServerInvite } from './server-invites.ts'

/** A call to one user by number, past the queue. */
export function startDirectCall(core: ExchangeCore, invite: ServerInvite, caller: string, callee: string): void {
  if (!core.agents.has(callee) && !isCitizen(core, callee)) return invite.reply(404)
  const binding = core.registrar.lookup(callee)
  if (!binding) return invite.reply(480)

  const setup: Setup = { invite, caller, early: new Set() }
  const target = { account: callee, connection: binding.connection }
  const free = occupyAgents(core, [caller, callee])
  let answered = false
  const stopRinging = core.timers.after(core.times.directRingMs, () => {
    branch?.cancel()
    finish(() => invite.reply(408))
  })
  function finish(answer: () => void): void {
    if (invite.final === null) answer()
    stopRinging()
    dropEarly(core, setup)
    free()
  }
  invite.onCancel = () => {
    branch?.cancel()
    finish(() => invite.reply(487))
  }
  const branch = openBranch(
    core,
    invite.request,
    { ...target, uri: binding.contact, recordRoute: true },
    {
      progress: (response) => {
        if (invite.final !== null) return
        trackDialog(core, setup, target, response, () => {})
        invite.forward(response)
      },
      answered: (response) => {
        if (answered) return invite.forward(response)
        if (invite.final !== null || !invite.connection.open) return releaseAnswer(core, binding.connection, response)
        answered = true
        stopRinging()
        trackDialog(core, setup, target, response, free)
        invite.forward(response)
      },
      failed: (response) => finish(() => (response ? invite.forward(response) : invite.reply(480))),
    },
  )
  if (!branch) finish(() => invite.reply(503))
}

// The queue must know who is on the telephone without it.
function occupyAgents(core: ExchangeCore, users: readonly string[]): () => void {
  const agents = users.filter((user) => core.agents.has(user))
  let occupied = true
  for (const agent of agents) core.queueEvent({ type: 'directCallStarted', agent, at: core.timers.now() })
  return () => {
    if (!occupied) return
    occupied = false
    for (const agent of agents) core.queueEvent({ type: 'directCallEnded', agent, at: core.timers.now() })
  }
}
