/** G.711 A-law (ITU-T G.711): a sample of 16 bits in one byte. */

/** One sample (−32768 to 32767) as its byte. */
export function encodeAlaw(sample: number): number {
  const magnitude = Math.min(32_635, sample < 0 ? -sample : sample)
  const exponent = magnitude < 256 ? 0 : 24 - Math.clz32(magnitude)
  const code = exponent === 0 ? magnitude >> 4 : (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)
  return (code | (sample < 0 ? 0 : 0x80)) ^ 0x55
}

/** The sample in the middle of what a byte stands for. */
export function decodeAlaw(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code & 0x70) >> 4
  const mantissa = ((code & 0x0f) << 4) | 8
  const magnitude = exponent === 0 ? mantissa : (mantissa | 0x100) << (exponent - 1)
  return code & 0x80 ? magnitude : -magnitude
}
