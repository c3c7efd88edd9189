/** A call through the queue of the practice exchange. */
import type { House } from './practice-house.ts'
import { toTag, value } from './sip-client.ts'
import type { InviteIds, Received, SipClient } from './sip-client.ts'

/** A citizen and an operator in a call of the queue. */
export async function talk(
  house: House,
): Promise<{ citizen: SipClient; agent: SipClient; ids: InviteIds; offer: Received }> {
  const agent = await house.agent('1001')
  const citizen = await house.citizen()
  const asked = await citizen.invite('12345', 'citizen')
  const offer = await agent.take(/^INVITE/)
  agent.reply(offer, '200 OK', 'agent')
  const answer = await citizen.take(/^SIP\/2.0 200/)
  const ids = { ...asked, toTag: toTag(answer) }
  citizen.request('ACK', agent.contact, ids)
  await agent.take(/^ACK/)
  return { citizen, agent, ids, offer }
}

/** The ids of the operator's own requests in a call. */
export function agentIds(offer: Received, sequence: number): Partial<InviteIds> {
  return {
    callId: value(offer, 'call-id'),
    fromTag: 'agent',
    toTag: /tag=([^;]+)/.exec(value(offer, 'from'))?.[1] ?? '',
    sequence,
    callee: '13800002210',
  }
}
