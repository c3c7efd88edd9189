/** How the sound of a call is coded: which codecs a centre wants, in the order of its preference. */
import { z } from 'zod'

/** Those that every desk has (RFC 7874 asks for the first three), by their names in SDP, as a desk orders them. */
export const codecNames = ['opus', 'PCMA', 'PCMU', 'G722'] as const
export type CodecName = (typeof codecNames)[number]

/** In SDP a codec is called by the same name in any case (RFC 4855 3). */
const known = (word: unknown) =>
  codecNames.find((name) => typeof word === 'string' && name.toLowerCase() === word.toLowerCase()) ?? word

const name = z.preprocess(
  known,
  z.enum(codecNames, {
    error: `编码只有 ${codecNames.join('、')} · the codecs are ${codecNames.join(', ')}`,
  }),
)

export const codecListSchema = z
  .array(name)
  .min(1)
  .refine((names) => new Set(names).size === names.length, { error: '编码重复 · a codec stands twice' })

/** By which codecs a call comes and goes now; null while nobody has sent that way. */
export const codecsInUseSchema = z.object({ in: z.string().nullable(), out: z.string().nullable() })
export type CodecsInUse = z.infer<typeof codecsInUseSchema>
