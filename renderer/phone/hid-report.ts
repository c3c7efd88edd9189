/**
 * Reports of a headset's buttons and lights, by what the device says of their shape (USB HID 1.11, section 6.2.2; usages
 * by the HID Usage Tables 1.5, chapters 11 «LED Page (0x08)» and 14 «Telephony Device Page (0x0B)»). Bits are counted
 * from the least significant of the first byte, without the byte of the report's id.
 */

/** A usage as one number: its page in the upper 16 bits, its id in the lower. */
export const usages = {
  hookSwitch: 0x0b0020,
  phoneMute: 0x0b002f,
  muteLight: 0x080009,
  offHookLight: 0x080017,
  ringLight: 0x080018,
} as const

export const TELEPHONY_PAGE = 0x0b
export const HEADSET_USAGE = 0x05

/** A field of a report, as WebHID tells it (HIDReportItem). */
export type ReportItem = {
  readonly isAbsolute?: boolean
  readonly isArray?: boolean
  readonly isRange?: boolean
  readonly isConstant?: boolean
  readonly usages?: readonly number[]
  readonly usageMinimum?: number
  readonly usageMaximum?: number
  readonly logicalMinimum?: number
  readonly reportSize?: number
  readonly reportCount?: number
}
export type ReportInfo = { readonly reportId?: number; readonly items?: readonly ReportItem[] }

/** Where a bit of a usage stands in its report. */
export type Bit = { readonly reportId: number; readonly at: number; readonly isAbsolute: boolean }

/** One slot of a list of usages: its value chooses which of them is on (6.2.2.5, array items). */
type Slot = {
  readonly reportId: number
  readonly at: number
  readonly size: number
  readonly minimum: number
  readonly usages: readonly number[]
}

export type Layout = { readonly bits: ReadonlyMap<number, Bit>; readonly slots: readonly Slot[] }

/** More than any headset has; a device that claims more is cut off there. */
const MOST_USAGES = 1024

function usagesOf({ isRange, usages: listed = [], usageMinimum = 0, usageMaximum = 0 }: ReportItem): readonly number[] {
  if (isRange !== true) return listed
  const count = Math.min(Math.max(0, usageMaximum - usageMinimum + 1), MOST_USAGES)
  return Array.from({ length: count }, (_none, index) => usageMinimum + index)
}

/** Where each usage stands, over all reports of a device. */
export function layoutOf(reports: readonly ReportInfo[]): Layout {
  const bits = new Map<number, Bit>()
  const slots: Slot[] = []
  for (const { reportId = 0, items = [] } of reports) {
    let at = 0
    for (const item of items) {
      const { reportSize: size = 0, reportCount: count = 0, isArray, isConstant, isAbsolute = true } = item
      const named = isConstant === true ? [] : usagesOf(item)
      for (let index = 0; index < Math.min(count, MOST_USAGES) && named.length > 0; index++) {
        const from = at + index * size
        if (isArray === true) slots.push({ reportId, at: from, size, minimum: item.logicalMinimum ?? 0, usages: named })
        else {
          // The last one stands for all that follow (6.2.2.8).
          const usage = named[Math.min(index, named.length - 1)]
          if (usage !== undefined && !bits.has(usage)) bits.set(usage, { reportId, at: from, isAbsolute })
        }
      }
      at += size * count
    }
  }
  return { bits, slots }
}

/** A number of up to 32 bits; what the report is too short for is 0. */
function read(data: DataView, at: number, size: number): number {
  let value = 0
  for (let bit = Math.min(size, 32) - 1; bit >= 0; bit--) {
    const place = at + bit
    const byte = place >> 3
    const on = byte < data.byteLength && ((data.getUint8(byte) >> (place & 7)) & 1) === 1
    value = value * 2 + (on ? 1 : 0)
  }
  return value
}

/** What a usage is in a report: on or off; null where this report says nothing of it. */
export function isOn({ bits, slots }: Layout, usage: number, reportId: number, data: DataView): boolean | null {
  const bit = bits.get(usage)
  if (bit?.reportId === reportId) return read(data, bit.at, 1) === 1
  const here = slots.filter((slot) => slot.reportId === reportId && slot.usages.includes(usage))
  if (here.length === 0) return null
  return here.some(({ at, size, minimum, usages: named }) => named[read(data, at, size) - minimum] === usage)
}

/** The reports that switch these lights as they are wanted; a light that the device does not have is left out. */
export function lightReports(
  { bits }: Layout,
  wanted: ReadonlyMap<number, boolean>,
  lengths: ReadonlyMap<number, number>,
): Map<number, Uint8Array<ArrayBuffer>> {
  const reports = new Map<number, Uint8Array<ArrayBuffer>>()
  for (const [usage, on] of wanted) {
    const bit = bits.get(usage)
    if (bit === undefined) continue
    const report = reports.get(bit.reportId) ?? new Uint8Array(lengths.get(bit.reportId) ?? 0)
    reports.set(bit.reportId, report)
    const byte = bit.at >> 3
    if (on && byte < report.length) report[byte] = (report[byte] ?? 0) | (1 << (bit.at & 7))
  }
  return reports
}

/** How many bytes each report has. */
export function lengthsOf(reports: readonly ReportInfo[]): Map<number, number> {
  return new Map(
    reports.map(({ reportId = 0, items = [] }) => {
      const bits = items.reduce((sum, { reportSize = 0, reportCount = 0 }) => sum + reportSize * reportCount, 0)
      return [reportId, Math.min(Math.ceil(bits / 8), MOST_USAGES)]
    }),
  )
}
