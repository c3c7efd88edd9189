import type { CommandInput } from '../../shared/ipc.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

/** What is said to the phone with its line; before that it has none. */
export type PhoneRules = Pick<
  CommandInput<'phone.connect'>,
  'ringSound' | 'tones' | 'wrapUpSeconds' | 'author' | 'echoTest' | 'dialRules' | 'numberPlan'
>
export const noRules: PhoneRules = {
  ringSound: true,
  tones: 'rtp',
  wrapUpSeconds: 0,
  author: '',
  echoTest: null,
  numberPlan: defaultNumberPlan,
  dialRules: { outside: '', mobilePrefix: '', homeMobiles: [] },
}
