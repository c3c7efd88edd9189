export type SoundMeter = { read(): { level: number; peakHz: number } }

/** A bin of the spectrum counts as sound above this (dBFS). */
const FLOOR_DB = -70

/** Measures a node: RMS level (0 to 1) of the last samples, and the strongest frequency in Hz (0 for silence). */
export function createSoundMeter(context: AudioContext, source: AudioNode): SoundMeter {
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 })
  source.connect(analyser)
  const samples = new Float32Array(2048)
  const bins = new Float32Array(analyser.frequencyBinCount)
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      analyser.getFloatFrequencyData(bins)
      const peak = bins.reduce((best, value, bin) => (value > (bins[best] ?? -Infinity) ? bin : best), 0)
      const loud = (bins[peak] ?? -Infinity) > FLOOR_DB
      return { level: Math.sqrt(power), peakHz: loud ? (peak * context.sampleRate) / analyser.fftSize : 0 }
    },
  }
}
