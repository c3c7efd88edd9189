/**
 * Asterisk's manager protocol (AMI, «Asterisk Manager Interface» in Asterisk's documentation): lines `Name: value`, a
 * blank line ends a message, line ends are CR LF. One greeting line comes first. A message is a `Response` (with the
 * `ActionID` of its action) or an `Event`.
 */

/** A message by its names, spelt as Asterisk spells them; values of a name that came again are joined by line feeds. */
export type AmiMessage = Readonly<Record<string, string>>

/** Reads a byte stream's text as it comes; calls `greeted` once and `told` for each message that is whole. */
export function createAmiReader(on: { greeted(line: string): void; told(message: AmiMessage): void }) {
  let rest = ''
  let greeted = false
  let lines: string[] = []

  function read(line: string): void {
    if (!greeted) {
      greeted = true
      on.greeted(line)
    } else if (line !== '') lines.push(line)
    else if (lines.length > 0) {
      on.told(parseMessage(lines))
      lines = []
    }
  }

  return (text: string): void => {
    const parts = (rest + text).split('\r\n')
    rest = parts.pop() ?? ''
    for (const part of parts) read(part)
  }
}

function parseMessage(lines: readonly string[]): AmiMessage {
  const message = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).replace(/^ /, '')]
    const before = message.get(name)
    message.set(name, before === undefined ? value : `${before}\n${value}`)
  }
  return Object.fromEntries(message)
}

/** Writes an action; throws where a name or value would end its line, for what follows would be an action of its own. */
export function writeAction(action: string, id: string, fields: Readonly<Record<string, string>>): string {
  const entries = Object.entries({ Action: action, ActionID: id, ...fields })
  for (const [name, value] of entries) {
    if (/[\r\n:]/.test(name) || /[\r\n]/.test(value)) throw new Error(`${name} must be one line`)
  }
  return `${entries.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`
}
