export type SoundMeter = { read(): { level: number; peakHz: number } }

/** The measures of what belongs together, a call: all of them are closed at once. */
export type Meters = {
  of(stream: MediaStream): SoundMeter
  close(): void
}

/** A bin of the spectrum counts as sound above this (dBFS). */
const FLOOR_DB = -70

const silence: SoundMeter = { read: () => ({ level: 0, peakHz: 0 }) }

/**
 * A context for the streams of one call, to be closed with it; it sounds nowhere. While a context runs Chromium keeps
 * every source that was made in it of a stream, connected or not, and with it the stream, its track and what hangs on
 * them (crbug.com/937231): in a context that outlives its calls they would all stay until the program ends.
 */
export function openSilently(): AudioContext {
  // Chromium opens no device then (since 110); the DOM's types do not know it yet.
  return new AudioContext({ latencyHint: 'interactive', sinkId: { type: 'none' } } as AudioContextOptions)
}

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

/** Measures streams until closed; one without sound is silent. */
export function openMeters(context: AudioContext = openSilently()): Meters {
  return {
    of: (stream) =>
      stream.getAudioTracks().length > 0 ? createSoundMeter(context, context.createMediaStreamSource(stream)) : silence,
    close: () => void context.close().catch(() => undefined),
  }
}
