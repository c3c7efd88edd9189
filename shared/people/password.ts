/** What a password must be, whoever chooses it. */
import { z } from 'zod'

export const SHORTEST_PASSWORD = 8
export const LONGEST_PASSWORD = 200

/** Whether somebody may choose it. */
export const isPassword = (text: string): boolean => text.length >= SHORTEST_PASSWORD && text.length <= LONGEST_PASSWORD

/** Her own password changed: `old` as it stands, `fresh` as it becomes. */
export const passwordChangeSchema = z.strictObject({
  old: z.string().min(1).max(LONGEST_PASSWORD),
  fresh: z.string().refine(isPassword),
})
export type PasswordChange = z.infer<typeof passwordChangeSchema>
