import { publishDirectory } from '../../central/directory/service.ts'
import type { Db } from '../../central/db/db.ts'
import { must } from '../../shared/errors.ts'
import type { StaffRole } from '../../shared/people/staff-role.ts'
import * as given from './db-fixture.ts'

/** A central with one unit; `taker` is 1001 at a desk of team A, and of each role that reads cases one is signed in. */
export async function startWithRoles(db: Db) {
  const central = await given.startCentral(db)
  await given.addOfEachRole(central.db)
  const numbers = [{ number: '3500201', words: '' }]
  await publishDirectory(
    central.db,
    [{ kind: 'unit', id: given.UNIT, name: '市城管局', numbers, hours: '', district: null }],
    false,
  )
  const tokens = new Map<StaffRole, string>()
  for (const role of ['monitor', 'operator', 'unitMember', 'quality'] as const)
    tokens.set(role, (await given.tokenOf(central.app, role)).token)
  const taker = await given.signInWithTeam(central, 'A', '1001')
  return {
    ...{ central, taker },
    tokenFor: (role: StaffRole) => must(tokens.get(role), 'a token'),
    close: async () => {
      await central.app.close()
      await central.db.close()
    },
  }
}
