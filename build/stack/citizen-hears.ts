import { until } from './central-reader.ts'
import type { Child } from './child.ts'

/** What the citizen hears: of the last window of sound, and the figures of the wire. */
export type CitizenReport = {
  readonly dominantHz: number
  readonly maxGapMs: number
  readonly packetsReceived: number
}

const NEAR_HZ = 40

/** What the citizen hears now. */
export async function citizenHears(citizen: Child): Promise<CitizenReport> {
  const report = new Promise<CitizenReport>((resolve) => {
    citizen.on((said) => {
      if (said.event === 'report') resolve(said as unknown as CitizenReport)
    })
  })
  citizen.tell({ do: 'report' })
  return report
}

/**
 * Until the citizen hears the operator's tone: while the citizen begins to speak, the operator's echo canceller holds
 * it back for a moment.
 */
export function untilCitizenHears(citizen: Child, hz: number): Promise<CitizenReport> {
  return until(async () => {
    const report = await citizenHears(citizen)
    return Math.abs(report.dominantHz - hz) < NEAR_HZ && report
  }, `${hz} Hz at the citizen`)
}
