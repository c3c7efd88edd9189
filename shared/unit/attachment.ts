/** Files that a unit adds to its answer: what is taken, told by the bytes themselves and not by the name. */
import { z } from 'zod'

/** The largest file, in bytes: a photo of a telephone, a scan of some pages. */
export const LARGEST_FILE = 10 * 1024 * 1024
/** How many files a unit may add to one case. */
export const MOST_FILES = 20
const LONGEST_NAME = 120

export const attachmentTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const
export type AttachmentType = (typeof attachmentTypes)[number]

const endings: { readonly [T in AttachmentType]: readonly string[] } = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
}

const begins = (bytes: Uint8Array, at: number, ...expected: readonly number[]) =>
  expected.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0))

/**
 * The type that the first bytes tell; null for any other. JPEG: SOI and a marker (ITU-T T.81 B.1.1.3). PNG: its
 * signature (ISO/IEC 15948 §5.2). WebP: RIFF container (RFC 9649 §2.3). PDF: the header in the first bytes
 * (ISO 32000-1 §7.5.2).
 */
export function typeOfBytes(bytes: Uint8Array): AttachmentType | null {
  if (begins(bytes, 0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (begins(bytes, 0, ...ascii('RIFF')) && begins(bytes, 8, ...ascii('WEBP'))) return 'image/webp'
  return begins(bytes, 0, ...ascii('%PDF-')) ? 'application/pdf' : null
}

/**
 * A name that is safe to keep and to save under: the last part of a path, without control characters, characters that
 * turn the direction of writing, and what file systems refuse; with the ending of the type, whatever it ended in.
 */
export function safeName(given: string, type: AttachmentType): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const ending = endings[type].find((one) => clean.toLowerCase().endsWith(`.${one}`))
  const stem = ending === undefined ? clean : clean.slice(0, -ending.length - 1)
  const cut = [...stem].slice(0, LONGEST_NAME).join('').trim()
  return `${cut === '' ? 'file' : cut}.${ending ?? endings[type][0] ?? ''}`
}

/** `sentAt` in ms, null while it belongs to an answer that is being written; `size` in bytes. */
export const attachmentSchema = z.object({
  attachmentId: z.uuid(),
  unit: z.string(),
  staffNo: z.string(),
  name: z.string(),
  type: z.enum(attachmentTypes),
  size: z.number().int(),
  at: z.number(),
  sentAt: z.number().nullable(),
})
export type Attachment = z.infer<typeof attachmentSchema>
