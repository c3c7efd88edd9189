/** Mono 16-bit sound. */
export interface Sound {
  sampleRate: number
  samples: Int16Array
}

/** Reads a mono 16-bit PCM WAV file; throws with what is wrong with it. */
export function readWav(file: Uint8Array): Sound {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const text = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4))
  if (file.byteLength < 44 || text(0) !== 'RIFF' || text(8) !== 'WAVE') throw new Error('not a WAV file')
  let sampleRate = 0
  for (let at = 12; at + 8 <= file.byteLength;) {
    const size = view.getUint32(at + 4, true)
    const start = at + 8
    if (text(at) === 'fmt ' && start + 16 <= file.byteLength) {
      const [format, channels, bits] = [
        view.getUint16(start, true),
        view.getUint16(start + 2, true),
        view.getUint16(start + 14, true),
      ]
      if (format !== 1 || channels !== 1 || bits !== 16) throw new Error('WAV is not mono 16-bit PCM')
      sampleRate = view.getUint32(start + 4, true)
    } else if (text(at) === 'data') {
      if (sampleRate === 0) throw new Error('WAV has data before its format')
      const count = Math.floor(Math.min(size, file.byteLength - start) / 2)
      return {
        sampleRate,
        samples: Int16Array.from({ length: count }, (_none, i) => view.getInt16(start + 2 * i, true)),
      }
    }
    at = start + size + (size % 2)
  }
  throw new Error('WAV has no data')
}
