/** JSON in the pieces of which it is put together: text that was written here, and bytes as they stand in the database. */
export type JsonPart = string | Uint8Array
export type JsonParts = readonly JsonPart[]

const asBytes = (part: JsonPart): Uint8Array => (typeof part === 'string' ? Buffer.from(part) : part)

/** The UTF-8 bytes of all of them, one after the other. */
export const bytesOf = (parts: JsonParts): Buffer => Buffer.concat(parts.map(asBytes))

/** The items of a list, with commas between them. */
export const listed = (items: readonly JsonParts[], comma = ','): JsonParts =>
  items.flatMap((item, index) => (index === 0 ? item : [comma, ...item]))
