/** The page of a headset's buttons (HID Usage Tables 1.5, chapter 14). */
const TELEPHONY_PAGE = 0x0b

/** Whether a device has buttons of a telephone; keyboards and all others stay out of reach. */
export function isHeadset({ deviceType, device }: { readonly deviceType: string; readonly device: object }): boolean {
  if (deviceType !== 'hid' || !('collections' in device) || !Array.isArray(device.collections)) return false
  return device.collections.some((one: unknown) => {
    return typeof one === 'object' && one !== null && 'usagePage' in one && one.usagePage === TELEPHONY_PAGE
  })
}
