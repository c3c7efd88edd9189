/** The administration's pages under /admin/: the page, who is signed in there, and what each of its views asks for. */
import type { FastifyInstance } from 'fastify'
import type { Admin } from '../../shared/admin/people-page.ts'
import type { Log } from '../../shared/ports.ts'
import type { Devices } from '../devices/service.ts'
import { needs, sessionOf, type Device } from '../http/access.ts'
import { readPage } from '../http/built-page.ts'
import { pageRoutes, pageSessionRoutes } from '../http/page-routes.ts'
import type { WhenceOf } from '../people/lockout.ts'
import type { People } from '../people/service.ts'
import { auditAdminRoutes } from './audit-routes.ts'
import { deviceAdminRoutes } from './devices-routes.ts'
import { outboxAdminRoutes } from './outbox-routes.ts'
import { peopleAdminRoutes } from './people-routes.ts'
import type { AdminDeps } from './people-service.ts'
import { unitAdminRoutes } from './units-routes.ts'

type More = {
  readonly people: People
  readonly whenceOf: WhenceOf
  readonly devices: Devices
  readonly letGo: (device: Device) => void
  /** Something is owed anew. */
  readonly committed: () => void
  readonly folder: string
  readonly log: Log
}

/** All of it; `folder` is where the page was built. */
export function adminRoutes(
  app: FastifyInstance,
  { people, whenceOf, devices, letGo, committed, folder, log, ...deps }: AdminDeps & More,
): void {
  const page = readPage(folder)
  if (page === null) log('adminPageNotBuilt')
  pageRoutes(app, '/admin', page, '管理页面')
  pageSessionRoutes(app, { people, whenceOf }, '/admin', 'admin.work')
  app.get('/admin/me', needs('admin.work'), async (request): Promise<Admin> => {
    const { staffNo, name, role } = sessionOf(request)
    return { staffNo, name, role }
  })
  peopleAdminRoutes(app, deps)
  deviceAdminRoutes(app, { devices, clock: deps.clock, letGo })
  unitAdminRoutes(app, deps)
  outboxAdminRoutes(app, { ...deps, committed })
  auditAdminRoutes(app, deps.db)
}
