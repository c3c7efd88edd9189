/**
 * The directory: `node central/ops/directory.ts import FILE.csv [--whole]` on the database of
 * SANXIN_CENTRAL_DATABASE_URL. The first line names the columns (编号,类别,名称,电话,时间,区县,工号,分机,班组,角色);
 * several numbers are written 值班:3500110;办公:3500112. UTF-8 or GB18030: it says as which it read the file. Where a
 * line is wrong nothing is taken, and each such line is named. `--whole`: entries that are not in the file, of the
 * kinds that are, go from the desks. Each import stands in the audit.
 * Exit codes: 0 done, 1 refused (nothing was changed) or failed (its words say what is known), 2 wrong arguments.
 */
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { decodeText } from '../directory/csv.ts'
import { readEntries } from '../directory/read-entries.ts'
import { publishDirectory } from '../directory/service.ts'
import { selectNumberPlan } from '../numbers/sql.ts'
import { onDatabase } from './on-database.ts'

function readAsked(): { databaseUrl: string; file: string; whole: boolean } {
  const databaseUrl = process.env['SANXIN_CENTRAL_DATABASE_URL'] ?? ''
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { whole: { type: 'boolean' } } })
    const [command, file = ''] = positionals
    if (databaseUrl !== '' && command === 'import' && file !== '')
      return { databaseUrl, file, whole: values.whole === true }
  } catch {
    // An option that is unknown: the usage says which there are.
  }
  process.stderr.write(
    '用法 usage: SANXIN_CENTRAL_DATABASE_URL=postgres://… node central/ops/directory.ts import FILE.csv [--whole]\n',
  )
  process.exit(2)
}

function refuse(words: string): never {
  process.stderr.write(`${words}\n没有导入任何内容 · nothing was imported\n`)
  process.exit(1)
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    return refuse(`读不了文件 · cannot be read: ${error instanceof Error ? error.message : file}`)
  }
}

const { databaseUrl, file, whole } = readAsked()
const read = decodeText(readBytes(file)) ?? refuse('既不是 UTF-8 也不是 GB18030 · neither UTF-8 nor GB18030')
const { encoding } = read
await onDatabase(databaseUrl, async (db) => {
  const { entries, problems } = readEntries(read.text, await db.tx('sanxin_kb', selectNumberPlan))
  if (problems.length > 0)
    refuse(
      [`按 ${encoding} 读取 · read as ${encoding}`, ...problems.map(({ line, words }) => `${line}: ${words}`)].join(
        '\n',
      ),
    )
  const published = await publishDirectory(db, entries, whole, { actor: `ops:${userInfo().username}`, at: Date.now() })
  process.stdout.write(`${JSON.stringify({ event: 'imported', encoding, entries: entries.length, ...published })}\n`)
})
