/**
 * The buttons and lights of a headset (WebHID), where the system offers them; everything is silent where it does not.
 *
 * H1 Off the hook answers the call that rings; on the hook ends the one that is spoken with,
 *    or a held one that cannot be taken back (ended-by-key.ts). Any other movement of the
 *    switch means nothing: it also moves because we moved its light.
 * H2 A switch that only says that it was pressed (relative, HID 1.11 6.2.2.5) does the one that means anything.
 * H3 The mute button mutes and unmutes; one that says how it stands is believed.
 * H4 The lights follow the call: ring, off hook, mute; also on a headset that was plugged in meanwhile.
 */
import { isUp, type Call } from '../../shared/call/call.ts'
import type { Lines } from '../../shared/call/lines.ts'
import { isWithOperator, stuckCall, type LinesNow } from '../../shared/call/ended-by-key.ts'
import { isOn, layoutOf, lengthsOf, lightReports, TELEPHONY_PAGE, usages, type ReportInfo } from './hid-report.ts'

/** What is used of WebHID's HIDDevice. */
export type HidDevice = {
  readonly opened: boolean
  readonly collections: readonly {
    readonly usagePage?: number
    readonly usage?: number
    readonly inputReports?: readonly ReportInfo[]
    readonly outputReports?: readonly ReportInfo[]
  }[]
  open(): Promise<void>
  close(): Promise<void>
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>
  addEventListener(type: 'inputreport', heard: (event: InputReport) => void): void
}
export type InputReport = { readonly reportId: number; readonly data: DataView }

/** What is used of `navigator.hid`. */
export type Hid = {
  getDevices(): Promise<readonly HidDevice[]>
  addEventListener(type: 'connect' | 'disconnect', heard: (event: { readonly device: HidDevice }) => void): void
}

type Deps = {
  /** Undefined where the system has none. */
  readonly hid: Hid | undefined
  readonly answer: (callId: string) => void
  readonly hangUp: (callId: string) => void
  readonly mute: (callId: string, muted: boolean) => void
}

type Lights = { readonly ring: boolean; readonly offHook: boolean; readonly mute: boolean }
const dark: Lights = { ring: false, offHook: false, mute: false }

/** Whom the buttons are about: with whom the operator speaks. */
function spoken({ call, beside }: Lines): Call | null {
  return isWithOperator(beside) ? beside : isWithOperator(call) ? call : null
}

/** A headset as it is open. */
function openHeadset(device: HidDevice, pressed: (usage: number, on: boolean, isAbsolute: boolean) => void) {
  const collections = device.collections.filter(({ usagePage }) => usagePage === TELEPHONY_PAGE)
  const input = layoutOf(collections.flatMap(({ inputReports = [] }) => inputReports))
  const outputs = collections.flatMap(({ outputReports = [] }) => outputReports)
  const [output, lengths] = [layoutOf(outputs), lengthsOf(outputs)]
  const last = new Map<number, boolean>()
  device.addEventListener('inputreport', ({ reportId, data }) => {
    for (const usage of [usages.hookSwitch, usages.phoneMute]) {
      const on = isOn(input, usage, reportId, data)
      if (on === null || on === (last.get(usage) ?? false)) continue
      last.set(usage, on)
      pressed(usage, on, input.bits.get(usage)?.isAbsolute ?? false)
    }
  })
  return (lights: Lights) => {
    const wanted = new Map<number, boolean>([
      [usages.ringLight, lights.ring],
      [usages.offHookLight, lights.offHook],
      [usages.muteLight, lights.mute],
    ])
    for (const [reportId, report] of lightReports(output, wanted, lengths)) {
      // Pulled just now: `disconnect` follows.
      if (device.opened) device.sendReport(reportId, report).catch(() => undefined)
    }
  }
}

export function createHeadset({ hid, answer, hangUp, mute }: Deps) {
  const open = new Map<HidDevice, (lights: Lights) => void>()
  let lines: LinesNow | null = null
  let lights = dark

  function hook(off: boolean, isAbsolute: boolean): void {
    if (lines === null || (!off && !isAbsolute)) return
    const ringing = lines.call?.phase === 'ringing' ? lines.call : null
    const up = spoken(lines) ?? stuckCall(lines)
    if (off && ringing !== null) answer(ringing.caller.callId)
    else if (up !== null && (!off || !isAbsolute)) hangUp(up.caller.callId)
  }

  function pressed(usage: number, on: boolean, isAbsolute: boolean): void {
    if (usage === usages.hookSwitch) return hook(on, isAbsolute)
    const up = lines === null ? null : spoken(lines)
    if (up === null || (!on && !isAbsolute)) return
    const muted = isAbsolute ? on : !up.muted
    if (muted !== up.muted) mute(up.caller.callId, muted)
  }

  async function take(device: HidDevice): Promise<void> {
    if (open.has(device) || !device.collections.some(({ usagePage }) => usagePage === TELEPHONY_PAGE)) return
    open.set(device, () => undefined)
    try {
      if (!device.opened) await device.open()
    } catch {
      // Another program has it, or it is gone again: the operator has her keys.
      open.delete(device)
      return
    }
    const show = openHeadset(device, pressed)
    open.set(device, show)
    show(lights)
  }

  hid?.addEventListener('connect', ({ device }) => void take(device))
  hid?.addEventListener('disconnect', ({ device }) => void open.delete(device))
  void hid
    ?.getDevices()
    .then((devices) => Promise.all(devices.map(take)))
    .catch(() => undefined)

  return {
    /** Looks at how the calls stand now. */
    look: (now: LinesNow) => {
      lines = now
      const next: Lights = {
        ring: now.call?.phase === 'ringing' || now.other?.phase === 'ringing',
        offHook: [now.call, now.beside].some((call) => isUp(call) && call.phase !== 'ringing'),
        mute: spoken(now)?.muted === true,
      }
      if (next.ring === lights.ring && next.offHook === lights.offHook && next.mute === lights.mute) return
      lights = next
      for (const show of open.values()) show(lights)
    },
  }
}
