/** A piece of an article as it is shown, by its place: running text, or rows of name and value. */
export type BodyPart =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | { readonly kind: 'rows'; readonly at: number; readonly rows: readonly (readonly [string, string])[] }

/** A short name, a full-width colon, a value: longer names or sentences are running text. */
const ROW = /^\s*([^\s：。；，]{1,12})：\s*(\S.{0,79})$/

/** Splits a body: two or more lines `名：值` in a row become a small table. */
export function bodyParts(body: string): BodyPart[] {
  const parts: BodyPart[] = []
  let rows: [string, string][] = []
  let text: string[] = []
  const endRows = () => {
    if (rows.length >= 2) {
      endText()
      parts.push({ kind: 'rows', at: parts.length, rows })
    } else text.push(...rows.map(([name, value]) => `${name}：${value}`))
    rows = []
  }
  const endText = () => {
    const joined = text.join('\n').trim()
    if (joined !== '') parts.push({ kind: 'text', at: parts.length, text: joined })
    text = []
  }
  for (const line of body.split(/\r?\n/)) {
    const match = ROW.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) rows.push([match[1], match[2].trim()])
    else {
      endRows()
      text.push(line)
    }
  }
  endRows()
  endText()
  return parts
}
