/**
 * The area code that local numbers are meant under: `node central/ops/area-code.ts CODE` on the database of
 * SANXIN_CENTRAL_DATABASE_URL, for a centre that was set up under a wrong one. All numbers that were said without one
 * are meant under this from then on, those that stand too; it is one step, and stands in the audit. Nodes may run:
 * what desks send waits for it. Desks learn it with their next sign-in. Give the nodes the same
 * SANXIN_CENTRAL_AREA_CODE, or none.
 * Exit codes: 0 done, 1 refused (nothing was changed) or failed (its words say what is known), 2 wrong arguments.
 */
import { userInfo } from 'node:os'
import { areaCodeSchema } from '../../shared/number-plan.ts'
import { rekey } from '../numbers/service.ts'
import { onDatabase } from './on-database.ts'

const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
const asked = areaCodeSchema.safeParse(process.argv[2])
if (databaseUrl === '' || !asked.success) {
  const words = asked.success ? '' : `${asked.error.issues[0]?.message ?? ''}\n`
  process.stderr.write(
    `${words}用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/area-code.ts CODE\n`,
  )
  process.exit(2)
}
await onDatabase(databaseUrl, async (db) => {
  const done = await rekey(db, asked.data, { actor: `ops:${userInfo().username}`, at: Date.now() })
  if (done.ok) process.stdout.write(`${JSON.stringify({ event: 'rekeyed', to: asked.data, ...done.value })}\n`)
  else {
    process.stderr.write(`区号已经是 ${asked.data} · the area code is ${asked.data} already\n`)
    process.exitCode = 1
  }
})
