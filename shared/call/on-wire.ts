/** What an exchange is told to dial for a number: its own prefixes, which are no part of whom one calls. */
import { z } from 'zod'
import type { NumberPlan } from '../number-plan.ts'
import { dialPlan } from './dial-plan.ts'

const prefix = z.string().regex(/^[0-9]{0,8}$/, { error: '只写数字 · digits alone' })

export const wireRulesSchema = z.object({
  /** What leads out of the exchange. */
  outside: prefix,
  /** What goes before a mobile that is not at home here. */
  mobilePrefix: prefix,
  /** The first digits of mobiles that are at home here. */
  homeMobiles: z
    .array(
      z
        .string()
        .regex(/^1[3-9]\d{1,9}$/, { error: '写手机号的前几位，如 1380013 · the first digits of mobiles, say 1380013' }),
    )
    .max(10_000),
})
export type WireRules = z.infer<typeof wireRulesSchema>

/**
 * A number as the exchange wants it. What the calls are told of stays without prefixes, so that a number called is the
 * same as one that called; what is no number (a feature code) goes as it is.
 */
export function onWire(number: string, plan: NumberPlan, rules: WireRules): string {
  const read = dialPlan(number, plan, rules)
  return read.ok ? read.number : number
}
