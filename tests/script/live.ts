import type { LiveCall } from '../../shared/script/moment.ts'
import { promptFor, type Prompt, type Said, type Speaking } from '../../shared/script/prompt.ts'
import { shippedScript } from '../../shared/script/script.ts'

/** A citizen has just been answered, and speaks. */
export const answered: LiveCall = {
  phase: 'talking',
  status: 'talking',
  dialled: null,
  talkingSince: 1000,
  lastAct: 'none',
  lastActAt: 0,
  contentEmpty: true,
  warning: null,
  heldSince: null,
  backSince: null,
  transferSince: null,
  emergencySince: null,
  wasHeard: true,
  quietSince: null,
}

type Given = Partial<Omit<Speaking, 'live'>> & { readonly live?: Partial<LiveCall> }

/** The prompt of the shipped script; `live` is what differs from a call just answered. */
export function prompt({ live, ...given }: Given = {}): Prompt {
  const rest = { said: [], kind: null, filling: {}, tongue: 'zh', language: 'zh', now: 2000 } as const
  return promptFor({ script: { version: 0, ...shippedScript }, ...rest, ...given, live: { ...answered, ...live } })
}

/** Says `times` sentences one after the other; what was said, and the prompt after it. */
export function say(times: number, given: Given = {}): { said: readonly Said[]; prompt: Prompt } {
  let said: readonly Said[] = given.said ?? []
  for (let time = 0; time < times; time++) {
    const { sentence } = prompt({ ...given, said })
    if (sentence !== null) said = [...said, sentence]
  }
  return { said, prompt: prompt({ ...given, said }) }
}
