/** Small files as telephones and scanners make them. */

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

/** SOI, an APP0 segment as JFIF has it, EOI. */
export const PHOTO: Buffer = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0], [0xff, 0xd9])
export const PDF: Buffer = bytes('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
/** A page that would run, if it were shown and not saved. */
export const SCRIPT: Buffer = bytes('<!doctype html><script>document.title="taken"</script>')
