// Electron's fuses: a row of '0'/'1' bytes in the executable behind a sentinel (electron/docs/tutorial/fuses.md).
import fs from 'node:fs'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const VERSION = 1

/** The places of the fuses that we set, in version 1 of the row. */
export const FUSES = { runAsNode: 0, nodeCliInspect: 3, asarIntegrity: 4, onlyAsar: 5, browserSnapshot: 6 }

/** Sets fuses ({ place: boolean }) in an executable and reads them back. */
export function writeFuses(file, wanted) {
  const binary = fs.readFileSync(file)
  const start = findRow(binary)
  const handle = fs.openSync(file, 'r+')
  try {
    for (const [place, on] of Object.entries(wanted))
      fs.writeSync(handle, on ? '1' : '0', start + Number(place), 'latin1')
  } finally {
    fs.closeSync(handle)
  }
  const now = readFuses(file)
  for (const [place, on] of Object.entries(wanted)) {
    if (now[place] !== (on ? '1' : '0')) throw new Error(`fuse ${place} of ${file} could not be set`)
  }
}

/** The row of fuses as a string: '1' on, '0' off, 'r' removed. */
export function readFuses(file) {
  const binary = fs.readFileSync(file)
  const start = findRow(binary)
  return binary.toString('latin1', start, start + binary[start - 1])
}

function findRow(binary) {
  const at = binary.indexOf(SENTINEL)
  if (at < 0) throw new Error('no fuses in this executable')
  const row = at + SENTINEL.length
  if (binary[row] !== VERSION) throw new Error(`fuses of version ${binary[row]} are unknown`)
  return row + 2
}
