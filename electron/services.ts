import type { ErrorCode } from '../shared/errors.ts'
import type { EventData } from '../shared/ipc.ts'

type Service = EventData<'service.changed'>

/** How the processes behind the desk stand; each change is published. */
export function createServices(publish: (service: Service) => void) {
  const known: Record<Service['service'], Service> = {
    store: { service: 'store', state: 'up', code: null },
    phone: { service: 'phone', state: 'up', code: null },
  }
  return {
    of: (service: Service['service']) => known[service],
    tell: (service: Service['service'], state: Service['state'], code: ErrorCode | null) => {
      known[service] = { service, state, code }
      publish(known[service])
    },
    /** Publishes whatever is amiss once more, for a desk that opens late. */
    tellAgain: () => {
      for (const service of Object.values(known))
        if (service.state === 'down' || service.code !== null) publish(service)
    },
  }
}
