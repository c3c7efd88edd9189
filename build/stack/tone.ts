import { writeFileSync } from 'node:fs'

const RATE = 48_000

/** Writes `seconds` of a pure tone as a WAV file (PCM 16 bit, mono, 48 kHz), for a fake microphone. */
export function writeTone(file: string, hz: number, seconds = 2): void {
  const samples = RATE * seconds
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i++)
    wav.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hz * i) / RATE)), 44 + i * 2)
  writeFileSync(file, wav)
}
