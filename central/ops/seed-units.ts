/**
 * A centre of full size to try: `node central/ops/seed-units.ts` adds 200 member units and 1,000 of their people to the
 * database of SANXIN_CENTRAL_DATABASE_URL, with one password for all of them, read from standard input. Run again it
 * adds what is missing. Not for a centre that is in use: everybody who knows the password reads every unit's cases.
 * Exit codes: 0 done, 1 failed, 2 wrong arguments.
 */
import { isPassword, SHORTEST_PASSWORD } from '../../shared/people/password.ts'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { userInfo } from 'node:os'
import { appendAudit } from '../audit/sql.ts'
import { readEntries } from '../directory/read-entries.ts'
import { directoryFile } from '../directory/seed.ts'
import { publishDirectory } from '../directory/service.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import { hashPassword } from '../people/hash-password.ts'
import { insertStaff } from '../people/sql.ts'
import { unitSeed, type UnitEntry } from '../portal/unit-seed.ts'
import { onDatabase } from './on-database.ts'

function wrong(words: string): never {
  process.stderr.write(
    `${words}\n用法 usage: echo PASSWORD | SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/seed-units.ts\n`,
  )
  process.exit(2)
}

const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
if (databaseUrl === '') wrong('缺少 SANXIN_CENTRAL_DATABASE_URL · is not set')
const [password = ''] = (await text(process.stdin)).split('\n')
if (!isPassword(password))
  wrong(`密码至少 ${SHORTEST_PASSWORD} 位，从标准输入读取 · a password of ${SHORTEST_PASSWORD} characters on stdin`)

await onDatabase(databaseUrl, async (db) => {
  const plan = await db.tx('sanxin_kb', selectNumberPlan)
  const { entries } = readEntries(await readFile(directoryFile, 'utf8'), plan)
  const { units, people } = unitSeed(entries.filter((entry): entry is UnitEntry => entry.kind === 'unit'))
  const [actor, at] = [`ops:${userInfo().username}`, Date.now()]
  const { changed } = await publishDirectory(db, units, false, { actor, at })
  // One password, one hash: a thousand of them would take a minute and protect nothing more.
  const passwordHash = await hashPassword(password)
  const added = await db.tx('sanxin_people', async (sql) => {
    let count = 0
    for (const person of people) {
      const row = { ...person, role: 'unitMember' as const, passwordHash, totpSecret: null, line: null }
      if (!(await insertStaff(sql, row))) continue
      count += 1
      await appendAudit(sql, { at, actor, place: null, action: 'staff.added', object: person.staffNo })
    }
    return count
  })
  process.stdout.write(
    `${JSON.stringify({ event: 'seeded', units: units.length, changed, people: people.length, added })}\n`,
  )
})
