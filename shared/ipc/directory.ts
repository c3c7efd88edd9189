/** Whom an operator may call, by words, initials or digits. */
import { z } from 'zod'
import { directoryEntrySchema, directoryHitSchema } from '../directory/entry.ts'
import { nothing, type Commands } from './spec.ts'

export const directoryCommands = {
  /** The best few; with nothing asked, those that she starred first. */
  'directory.search': {
    to: 'store',
    from: ['desk'],
    input: z.object({ query: z.string().max(64) }),
    output: z.object({ query: z.string(), hits: z.array(directoryHitSchema) }),
  },
  /** All that whoever is signed in starred. */
  'directory.starred': { to: 'store', from: ['desk'], input: nothing, output: z.array(directoryEntrySchema) },
  /** Stars an entry for whoever is signed in, or no longer. */
  'directory.star': {
    to: 'store',
    from: ['desk'],
    input: z.object({ id: z.string().max(40), starred: z.boolean() }),
    output: nothing,
  },
} as const satisfies Commands
