/** What an operator may change at her desk: what the settings do not list is set by the administrator. */
import { z } from 'zod'

export const changeables = ['devices', 'language', 'theme'] as const
export type Changeable = (typeof changeables)[number]

export const operatorMaySchema = z.array(
  z.enum(changeables, { error: `只有 ${changeables.join('、')} · there are ${changeables.join(', ')}` }),
)
