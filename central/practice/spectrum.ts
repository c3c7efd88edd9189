/** The level of a stretch of sound: 0 dBFS is a full-scale sine's peak power. */
export function levelDbfs(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = Math.sqrt(sum / Math.max(1, samples.length)) / 32_768
  return rms === 0 ? -120 : Math.max(-120, Math.round(200 * Math.log10(rms * Math.SQRT2)) / 10)
}

/** The strongest frequency between 60 Hz and 7 kHz, by a windowed FFT with interpolated peak; 0 for silence. */
export function dominantHz(samples: Int16Array, sampleRate: number): number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, samples.length)))
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  // Without the Hann window the leakage of a loud hum would hide a soft tone.
  for (let i = 0; i < samples.length; i++) {
    real[i] = (samples[i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length))
  }
  transform(real, imaginary)
  const power = (bin: number): number => (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2
  const first = Math.max(1, Math.ceil((60 * size) / sampleRate))
  const last = Math.min(size / 2 - 1, Math.floor((7_000 * size) / sampleRate))
  let best = first
  for (let bin = first; bin <= last; bin++) if (power(bin) > power(best)) best = bin
  if (power(best) < 1) return 0
  const [left, middle, right] = [best - 1, best, best + 1].map((bin) => Math.log(power(bin) + 1e-9)) as [
    number,
    number,
    number,
  ]
  const bend = left - 2 * middle + right
  const shift = bend === 0 ? 0 : (0.5 * (left - right)) / bend
  return Math.round(((best + shift) * sampleRate) / size)
}

// Cooley and Tukey, in place, for sizes that are powers of two.
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      swap(real, i, j)
      swap(imaginary, i, j)
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const angle = (-2 * Math.PI) / length
    for (let start = 0; start < size; start += length) {
      for (let k = 0; k < length / 2; k++) butterfly(real, imaginary, start + k, start + k + length / 2, angle * k)
    }
  }
}

function butterfly(real: Float64Array, imaginary: Float64Array, upper: number, lower: number, angle: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [a, b, c, d] = [real[upper] ?? 0, imaginary[upper] ?? 0, real[lower] ?? 0, imaginary[lower] ?? 0]
  const [re, im] = [c * cos - d * sin, c * sin + d * cos]
  real[upper] = a + re
  imaginary[upper] = b + im
  real[lower] = a - re
  imaginary[lower] = b - im
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i] ?? 0
  values[i] = values[j] ?? 0
  values[j] = kept
}
