import { describe, expect, test } from 'vitest'
import { isOn, layoutOf, lengthsOf, lightReports, usages, type ReportInfo } from '../../renderer/phone/hid-report.ts'

const view = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer)
const FLASH = 0x0b0021

/** As headsets have it: hook switch, a gap, mute as a press (relative), and a number that must be skipped. */
const input: ReportInfo[] = [
  { reportId: 1, items: [{ usages: [0x0c00e9, 0x0c00ea], reportSize: 1, reportCount: 2, isAbsolute: true }] },
  {
    reportId: 8,
    items: [
      { usages: [usages.hookSwitch], reportSize: 1, reportCount: 1, isAbsolute: true },
      { isConstant: true, reportSize: 1, reportCount: 3 },
      { usages: [0x0b0007], reportSize: 4, reportCount: 1, isAbsolute: true },
      { usages: [usages.phoneMute, FLASH], reportSize: 1, reportCount: 2, isAbsolute: false },
    ],
  },
]

describe('what buttons say', () => {
  const layout = layoutOf(input)

  test('each usage stands where the device said, behind gaps and numbers', () => {
    expect(layout.bits.get(usages.hookSwitch)).toEqual({ reportId: 8, at: 0, isAbsolute: true })
    expect(layout.bits.get(usages.phoneMute)).toEqual({ reportId: 8, at: 8, isAbsolute: false })
    const read = (...bytes: number[]) =>
      [usages.hookSwitch, usages.phoneMute, FLASH].map((usage) => isOn(layout, usage, 8, view(...bytes)))
    expect(read(0b0000_0001, 0)).toEqual([true, false, false])
    expect(read(0b1111_0000, 0b01)).toEqual([false, true, false])
    expect(read(0b0000_0001, 0b10)).toEqual([true, false, true])
  })

  test('a report of another id says nothing; one that is too short says off', () => {
    expect(isOn(layout, usages.hookSwitch, 1, view(0xff))).toBeNull()
    expect(isOn(layout, usages.phoneMute, 8, view(0xff))).toBe(false)
    expect(isOn(layoutOf([]), usages.hookSwitch, 8, view(1))).toBeNull()
  })

  test('a range names one bit after the other; the last usage stands for all that follow', () => {
    const range = layoutOf([
      {
        reportId: 2,
        items: [{ isRange: true, usageMinimum: 0x0b0020, usageMaximum: 0x0b0023, reportSize: 1, reportCount: 4 }],
      },
    ])
    expect(range.bits.get(FLASH)).toMatchObject({ at: 1 })
    const few = layoutOf([{ items: [{ usages: [usages.hookSwitch], reportSize: 1, reportCount: 8 }] }])
    expect(few.bits.get(usages.hookSwitch)).toMatchObject({ reportId: 0, at: 0 })
  })

  test('of a list its slots choose (array items)', () => {
    const array = layoutOf([
      {
        reportId: 3,
        items: [
          {
            isArray: true,
            usages: [0, usages.hookSwitch, usages.phoneMute],
            logicalMinimum: 0,
            reportSize: 8,
            reportCount: 2,
          },
        ],
      },
    ])
    expect(isOn(array, usages.hookSwitch, 3, view(1, 0))).toBe(true)
    expect(isOn(array, usages.phoneMute, 3, view(1, 2))).toBe(true)
    expect(isOn(array, usages.phoneMute, 3, view(1, 0))).toBe(false)
  })

  test('a device that claims beyond all measure costs no more than any', () => {
    const item = {
      isRange: true,
      usageMinimum: 0,
      usageMaximum: 0xffff_ffff,
      reportSize: 0xffff_ffff,
      reportCount: 0xffff_ffff,
    }
    const reports = [{ reportId: 1, items: [item] }]
    expect(layoutOf(reports).bits.size).toBeLessThanOrEqual(1024)
    expect(lengthsOf(reports).get(1)).toBeLessThanOrEqual(1024)
  })
})

describe('lights', () => {
  const output: ReportInfo[] = [
    {
      reportId: 9,
      items: [
        { usages: [usages.offHookLight, usages.ringLight], reportSize: 1, reportCount: 2 },
        { isConstant: true, reportSize: 6, reportCount: 1 },
        { usages: [usages.muteLight], reportSize: 1, reportCount: 1 },
      ],
    },
  ]

  test('are bits of one report, all of them said at once', () => {
    const wanted = new Map([
      [usages.ringLight, true],
      [usages.offHookLight, false],
      [usages.muteLight, true],
    ] as const)
    const reports = lightReports(layoutOf(output), wanted, lengthsOf(output))
    expect([...reports]).toEqual([[9, Uint8Array.from([0b10, 0b1])]])
  })

  test('that a device does not have are left out', () => {
    expect(lightReports(layoutOf([]), new Map([[usages.ringLight, true]]), new Map()).size).toBe(0)
  })
})
