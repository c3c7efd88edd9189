/**
 * The member units of a prefecture city, and the people who work their cases: 200 and 1,000, the same in every run, to
 * try a centre of full size. Units by the names that such units have; people by their posts, for nobody is meant.
 */
import divisions from '../../shared/case/data/divisions.json' with { type: 'json' }
import type { DirectoryEntry } from '../../shared/directory/entry.ts'

export type UnitEntry = Extract<DirectoryEntry, { kind: 'unit' }>
export type UnitPerson = { readonly staffNo: string; readonly name: string; readonly unit: string }
export type UnitSeed = { readonly units: readonly UnitEntry[]; readonly people: readonly UnitPerson[] }

const UNITS = 200
const posts = ['分管负责人', '联络员', '经办一', '经办二', '经办三'] as const

const cityBureaux = [
  '发展和改革局 科学技术局 工业和信息化局 财政局 商务局 司法局 退役军人事务局 审计局 统计局 林业局 气象局 邮政管理局 海事局',
  '民族宗教事务局 国有资产监督管理委员会 政务和数据局 烟草专卖局 总工会 妇女联合会 红十字会 供销合作联社 消费者委员会',
  '公路事务中心 港航事务中心 图书馆 博物馆 殡葬服务中心 公积金服务大厅 电信公司 移动公司 联通公司 广电网络公司 排水公司',
].flatMap((line) => line.split(' '))
const districtBureaux = [
  '公安局 城市管理和综合执法局 住房和城乡建设局 教育局 卫生健康局 民政局 人力资源和社会保障局 市场监督管理局 自然资源局',
  '生态环境局 农业农村和水利局 交通运输局 应急管理局 文化广电旅游体育局 税务局 信访局 司法局 退役军人事务局 财政局 发展和改革局',
].flatMap((line) => line.split(' '))

/** Numbers that nobody has: the practice exchange's own, one after the other. */
const numbersOf = (index: number) => [{ number: `350${String(1000 + index)}`, words: '办公' }]
const HOURS = '8:30–12:00 14:30–17:30'

/** Completes the units that are there to 200, five people each. Staff numbers are 5, the unit's place, the post's. */
export function unitSeed(there: readonly UnitEntry[]): UnitSeed {
  const known = new Set(there.map(({ name }) => name))
  const names = [
    ...divisions.flatMap(({ name: district }) =>
      districtBureaux.map((bureau) => ({ name: district + bureau, district })),
    ),
    ...cityBureaux.map((bureau) => ({ name: `市${bureau}`, district: null })),
  ].filter(({ name }) => !known.has(name))
  const added = names.slice(0, Math.max(0, UNITS - there.length)).map(({ name, district }, index): UnitEntry => {
    const place = there.length + index + 1
    const id = `U-${String(place).padStart(3, '0')}`
    return { kind: 'unit', id, name, district, numbers: numbersOf(place), hours: HOURS }
  })
  const units = [...there, ...added]
  const people = units.flatMap(({ id, name }, index) =>
    posts.map((post, order) => ({
      staffNo: `5${String(index + 1).padStart(3, '0')}${order + 1}`,
      name: `${name}${post}`.slice(-40),
      unit: id,
    })),
  )
  return { units, people }
}
