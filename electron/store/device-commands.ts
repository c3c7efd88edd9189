import { ok } from '../../shared/errors.ts'
import type { DeviceState, Handlers } from '../../shared/ipc.ts'
import type { Meta } from './db/meta.ts'
import type { CentralClient } from './sync/central-client.ts'

type Deps = {
  readonly meta: Meta
  readonly client: Pick<CentralClient, 'enrol'>
  readonly storeId: () => string
  /** Central knows this device no more. */
  readonly isRefused: () => boolean
  /** The desk is this device from now on, whoever sits here. */
  readonly become: (device: string) => void
  readonly listen: () => void
}

/** The commands by which a desk becomes one that central knows. */
export function createDeviceCommands({
  meta,
  client,
  storeId,
  isRefused,
  become,
  listen,
}: Deps): Pick<Handlers<'store'>, 'device.state' | 'device.enrol'> {
  const state = (): DeviceState => (meta.get('device') === null ? 'none' : isRefused() ? 'refused' : 'enrolled')
  return {
    'device.state': () => ok({ state: state() }),
    'device.enrol': async ({ code }) => {
      const asked = storeId()
      const answer = await client.enrol({ code, storeId: asked })
      if (!answer.ok) return answer
      const { deviceId, secret, deskCode } = answer.value
      // Of another file than was asked for, it asks for a code of its own (S7.2).
      if (storeId() === asked) meta.keep('deskCode', deskCode)
      meta.keep('stranger', '0')
      // Another room, another team: what it holds it pulls from the start.
      meta.keep('cursor', '0')
      meta.keep('gathering', 'begin')
      become(`${deviceId}.${secret}`)
      listen()
      return ok({ state: state() })
    },
  }
}
