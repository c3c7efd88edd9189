/** Which local UDP ports the sound of calls may use, for firewalls that ask. */
import { z } from 'zod'

/**
 * A call takes a port for each address of the machine, and again while its way is found anew; there may be three
 * calls, and a test of the sound.
 */
export const FEWEST_PORTS = 32
/** Ports below belong to the system. */
const LOWEST = 1024
const HIGHEST = 65_535

export type PortRange = { readonly min: number; readonly max: number }

/** `40000-40100` in numbers; null where it is none. */
export function readPortRange(text: string): PortRange | null {
  const [, from, to] = /^(\d{1,5})\s*[-–]\s*(\d{1,5})$/.exec(text.trim()) ?? []
  return from === undefined || to === undefined ? null : { min: Number(from), max: Number(to) }
}

function isUsable(text: string): boolean {
  const range = readPortRange(text)
  return range !== null && range.min >= LOWEST && range.max <= HIGHEST && range.max - range.min + 1 >= FEWEST_PORTS
}

export const mediaPortsSchema = z.string().refine(isUsable, {
  error: `写成 40000-40100：${LOWEST} 到 ${HIGHEST} 之间，至少 ${FEWEST_PORTS} 个端口 · say 40000-40100: from ${LOWEST} to ${HIGHEST}, at least ${FEWEST_PORTS} ports`,
})
