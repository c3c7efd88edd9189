/** Reads the directory from a table: one line an entry, all that is wrong said by its line. */
import { dialPlan } from '../../shared/call/dial-plan.ts'
import { colleagueId, directoryEntrySchema, type DirectoryEntry } from '../../shared/directory/entry.ts'
import type { NumberPlan } from '../../shared/number-plan.ts'
import { staffRoles } from '../../shared/people/staff-role.ts'
import { readCsv, type Row } from './csv.ts'

/** The columns by their heads: Chinese as a centre writes them, or English. */
const columns = {
  编号: 'id',
  类别: 'kind',
  名称: 'name',
  电话: 'numbers',
  时间: 'hours',
  区县: 'district',
  工号: 'staffNo',
  分机: 'extension',
  班组: 'team',
  角色: 'role',
} as const
type Column = (typeof columns)[keyof typeof columns]
type Cells = Partial<Record<Column, string>>

const kinds = new Map([
  ['单位', 'unit'],
  ['成员单位', 'unit'],
  ['unit', 'unit'],
  ['同事', 'colleague'],
  ['colleague', 'colleague'],
])
const roles = new Map<string, (typeof staffRoles)[number]>([
  ...staffRoles.map((role) => [role, role] as const),
  ['坐席', 'operator'],
  ['班长', 'monitor'],
  ['质检', 'quality'],
])

/** What is wrong with a line of the file; 0: with the file. */
export type Problem = { readonly line: number; readonly words: string }
export type ReadEntries = { readonly entries: readonly DirectoryEntry[]; readonly problems: readonly Problem[] }

const columnOf = (head: string): Column | null =>
  Object.entries(columns).find(([zh, en]) => head === zh || head.toLowerCase() === en.toLowerCase())?.[1] ?? null

/** `值班:3500110;办公 3500112`: several numbers, each with what it is for before it. */
function readNumbers(
  text: string,
  plan: NumberPlan,
): { numbers: { number: string; words: string }[]; wrong: string[] } {
  const parts = text.split(/[;；、]/).filter((part) => part.trim() !== '')
  const numbers = parts.map((part) => {
    const [, words = '', number = ''] = /^([^\d+(（]*?)[:：\s]*([+(（\d].*)?$/.exec(part.trim()) ?? []
    return { words, number: number.trim() }
  })
  return {
    numbers,
    wrong: numbers.filter(({ number }) => !dialPlan(number, plan).ok).map(({ words, number }) => words + number),
  }
}

function readEntry(cells: Cells, plan: NumberPlan): DirectoryEntry | string {
  const { id = '', name = '', district = '', hours = '', staffNo = '', extension = '', team = '', role = '' } = cells
  const kind = kinds.get(cells.kind ?? '')
  if (name === '') return '缺名称 · no name'
  if (kind === undefined) return `类别要写“单位”或“同事” · kind is unit or colleague: ${cells.kind ?? ''}`
  if (kind === 'unit') {
    if (id === '') return '缺编号 · no id'
    const { numbers, wrong } = readNumbers(cells.numbers ?? '', plan)
    if (numbers.length === 0) return '缺电话 · no number'
    if (wrong.length > 0) return `号码拨不出去 · cannot be dialled: ${wrong.join(', ')}`
    return checked({ id, kind, name, numbers, hours, district: district || null })
  }
  if (staffNo === '' || extension === '') return '同事要有工号和分机 · a colleague has a staffNo and an extension'
  const dialled = dialPlan(extension, plan)
  if (!dialled.ok) return `分机拨不出去 · cannot be dialled: ${extension}`
  if (role !== '' && !roles.has(role)) return `没有这个角色 · no such role: ${role}`
  return checked({
    ...{ id: colleagueId(staffNo), kind: 'colleague', name, staffNo, extension: dialled.number },
    ...{ team: team || null, role: roles.get(role) ?? null },
  })
}

function checked(entry: DirectoryEntry): DirectoryEntry | string {
  const parsed = directoryEntrySchema.safeParse(entry)
  return parsed.success
    ? parsed.data
    : `过长或过多 · too long or too many: ${parsed.error.issues[0]?.path.join('.') ?? ''}`
}

function cellsOf(head: readonly (Column | null)[], { cells }: Row): Cells {
  return Object.fromEntries(head.flatMap((column, index) => (column === null ? [] : [[column, cells[index] ?? '']])))
}

const twice = (entry: DirectoryEntry) =>
  entry.kind === 'unit'
    ? `编号重复 · the id stands twice: ${entry.id}`
    : `工号重复 · the staff number stands twice: ${entry.staffNo}`

/** Reads a whole table; where any line is wrong, whoever asked should take none. `plan`: how numbers are meant here. */
export function readEntries(text: string, plan: NumberPlan): ReadEntries {
  const [first, ...rows] = readCsv(text)
  const head = first?.cells.map(columnOf) ?? []
  const missing = (['id', 'kind', 'name'] as const).filter((column) => !head.includes(column))
  if (missing.length > 0) {
    const words = `第一行要有列名 · the first line names the columns: ${Object.keys(columns).join(',')}`
    return { entries: [], problems: [{ line: first?.line ?? 0, words }] }
  }
  const entries = new Map<string, DirectoryEntry>()
  const units = new Set<string>()
  const problems: Problem[] = []
  for (const row of rows) {
    const read = readEntry(cellsOf(head, row), plan)
    if (typeof read === 'string') problems.push({ line: row.line, words: read })
    else if (entries.has(read.id)) problems.push({ line: row.line, words: twice(read) })
    else if (read.kind === 'unit' && units.has(read.name))
      // Cases are given to a unit by its name.
      problems.push({ line: row.line, words: `单位重名 · two units of one name: ${read.name}` })
    else {
      entries.set(read.id, read)
      if (read.kind === 'unit') units.add(read.name)
    }
  }
  if (rows.length === 0) problems.push({ line: 0, words: '没有内容 · nothing in it' })
  return { entries: [...entries.values()], problems }
}
