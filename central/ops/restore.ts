/**
 * Puts a backup back: `node central/ops/restore.ts FILE`. The backup is restored beside the database of
 * SANXIN_CENTRAL_DATABASE_URL, brought up to this code, given a new epoch, and takes its name in one step; what
 * stood before is kept under another name. The desks then send again what the backup does not have (rule 5). A backup
 * from before the oldest one that they were told of is refused, for they may have let go of what came after it;
 * `--older` restores it all the same. So is one of another database than stands there, unless `--other`, and a file that
 * does not end with its checksum, unless `--unchecked` is said. All that is told before anything is restored.
 */
import { randomInt } from 'node:crypto'
import { appendAudit } from '../audit/sql.ts'
import { migrate } from '../db/migrate.ts'
import { withoutStale } from '../db/lookout.ts'
import { openPostgres } from '../db/postgres.ts'
import { renewEpoch } from '../feed/sql.ts'
import { openBackupFile, type Opening } from './backup-file.ts'
import { keepShut, type Shut } from './keep-shut.ts'
import { selectOwed, updateDone, type Asked } from './outbox-sql.ts'
import { besideDatabase, type Beside } from './restore-beside.ts'
import { markWhole } from './sql.ts'
import { runTool } from './tools.ts'
import { readWhat, refuseOfAnother, refuseTooOld } from './what-backup.ts'
import { NOTHING, readStood, refuseLost, type Stood } from './what-stood.ts'

const MOST_APART = 20_000
/** The clocks of who took the backup and of who told may differ by this much, in ms. */
const CLOCKS_MS = 3_600_000

export type RestoreOptions = Opening & {
  readonly older?: boolean
  readonly other?: boolean
  readonly stop?: AbortSignal
}

/** Brings what was restored up to this code, and makes it another central than the desks knew. */
async function finish(
  { url, owner, keptAs }: Beside,
  standing: (asked: Asked) => Promise<Stood>,
  own: number | null,
  at: number,
): Promise<{ shut: Shut; told: number | null }> {
  const db = openPostgres(url, { connections: 1, owner })
  try {
    await migrate(db)
    const owed = await db.tx('owner', selectOwed)
    const { before, access, done } = await standing({ owed, since: own === null ? 0 : own - CLOCKS_MS })
    return await db.tx('owner', async (sql) => {
      if (own !== null) await markWhole(sql, own)
      // The same backup restored twice, and nobody knows of the time between: then by chance, well apart.
      await renewEpoch(sql, at, before?.ordinal ?? randomInt(MOST_APART))
      await updateDone(sql, done ?? [])
      const shut = await keepShut(sql, access, at)
      const told = done?.length ?? null
      const detail = { ...shut, told }
      await appendAudit(sql, { at, actor: null, place: null, action: 'restored', object: keptAs, detail })
      return { shut, told }
    })
  } finally {
    await db.close()
  }
}

/**
 * Restores `file`; answers under which name the database that stood before is kept, who was kept shut out, and whether
 * the file was found to be what was written; `told` is how many messages were known to be done with, null where that
 * cannot be read. `at` in ms names the moment. Throws FileRefused, BackupRefused, StoodLost, TooOld unless `older` and
 * OfAnother unless `other` is wanted all the same, and then nothing has changed; `stop` ends it, and then neither.
 */
export async function restore(
  named: string,
  file: string,
  at: number,
  { older = false, other = false, stop, ...opening }: RestoreOptions = {},
): Promise<{ keptAs: string; shut: Shut; told: number | null; checked: boolean }> {
  const { read, checked } = await openBackupFile(file, opening)
  const databaseUrl = await withoutStale(named)
  return besideDatabase(databaseUrl, at, async (beside) => {
    const standing = async (asked: Asked) => (beside.stands ? readStood(databaseUrl, at, asked) : NOTHING)
    const first = await standing({ owed: [], since: at })
    const what = await readWhat(file, beside, stop)
    // As far as it is known by now whose it is that stands.
    const isOther = other && first.born !== what.born
    if (!other) refuseOfAnother(what, first.born)
    if (beside.stands && !older && !isOther) refuseTooOld(what, first.before)
    const role = beside.owner === null ? [] : ['--role', beside.owner]
    const how = ['--exit-on-error', '--single-transaction', '--no-owner', ...role]
    await runTool('pg_restore', how, { databaseUrl: beside.url, flow: { from: read() }, stop })
    // At last, for nodes may have gone on until now; what could not be read at first may be by now.
    const atLast = async (asked: Asked) => {
      const stood = await standing(asked)
      if (!other) refuseOfAnother(what, stood.born)
      if (!isOther) refuseLost(first, stood)
      // Of another centre's people and desks what stood says nothing.
      return other && stood.born !== what.born ? NOTHING : stood
    }
    const { shut, told } = await finish(beside, atLast, what.own, at)
    await beside.exchange()
    return { keptAs: beside.keptAs, shut, told, checked }
  })
}

const TOLD_AGAIN =
  '原库的短信记录无法读取，或是另一个数据库：备份之后发出的短信和推送会再发一次\n' +
  'What was told since the backup could not be read: messages and webhooks of that time are sent once more.\n'

const LOOK_THROUGH =
  '原库无法读取，或是另一个数据库：备份之后停用的人员、改过的密码与角色、话机密码、已取消的代办人、吊销的坐席设备和接口密钥、用过的登记码、终止或暂停的推送、退订短信的号码，又与备份时一样，请逐一核对；所有登录均已结束\n' +
  'What stood before could not be read, or was another database: people, passwords, roles, lines, deputies, desks, the codes that enrolled them, keys, webhooks and numbers that want no messages are as in the backup again. Look them through. All sessions were ended.\n'

if (import.meta.main) {
  const { readArguments, runCommand, sayEvery, whenStopped } = await import('./command.ts')
  const { databaseUrl, file, ...flags } = readArguments('restore')
  const stop = whenStopped()
  const work = async () => {
    const done = await restore(databaseUrl, file, Date.now(), { ...flags, stop, heard: sayEvery })
    if (done.shut.people === null) process.stderr.write(LOOK_THROUGH)
    if (done.told === null) process.stderr.write(TOLD_AGAIN)
    return { event: 'restored', file, ...done }
  }
  await runCommand(work, stop)
}
