/** What a desk tells the editors of the knowledge base (rules KE, KG). */
import { z } from 'zod'

/** So many characters an operator has for what is wrong. */
export const WRONG_MOST = 500

export const kbNoteSchema = z.discriminatedUnion('type', [
  /** An answer is wrong, in the operator's words; with the call and the case in which she found that, where there are any. */
  z.object({
    type: z.literal('kb.wrong'),
    articleId: z.string().min(1).max(40),
    version: z.number().int().positive(),
    words: z.string().trim().min(1).max(WRONG_MOST),
    callId: z.string().min(1).max(128).nullable(),
    caseId: z.uuid().nullable(),
  }),
  /** Something was looked for in vain: the words as gaps are counted by them, without long numbers. A fact. */
  z.object({ type: z.literal('kb.gap'), words: z.string().min(1).max(200) }),
])
export type KbNote = z.infer<typeof kbNoteSchema>
export type WrongAnswer = Extract<KbNote, { type: 'kb.wrong' }>
