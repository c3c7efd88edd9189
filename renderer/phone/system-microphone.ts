type Device = Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'> & Partial<Pick<MediaDeviceInfo, 'groupId'>>

/**
 * The name of the microphone that the system takes now; null where it is not told. Chromium has an entry `default` for
 * it, which shares only its group with the device behind it; without that entry it takes the first one.
 */
export function systemMicrophone(devices: readonly Device[]): string | null {
  const inputs = devices.filter(({ kind }) => kind === 'audioinput')
  const entry = inputs.find(({ deviceId }) => deviceId === 'default') ?? inputs[0]
  const behind = inputs.find(
    ({ deviceId, groupId = '' }) => deviceId !== 'default' && groupId !== '' && groupId === entry?.groupId,
  )
  return (behind ?? entry)?.label || null
}
