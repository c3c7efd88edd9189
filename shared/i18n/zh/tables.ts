/** Words of the rule tables. */
import type { FlawCode } from '../../tables/flaw.ts'
import type { TableName } from '../../tables/tables.ts'

const names: { readonly [N in TableName]: string } = {
  classes: '诉求分类',
  deadlines: '办理期限',
  calendar: '工作日历',
  divisions: '行政区划',
  form: '工单字段',
  script: '礼貌用语',
  forbiddenWords: '不宜说的话',
  emergencyWords: '紧急情况用词',
  synonyms: '同义词',
}

const flaws: { readonly [C in FlawCode]: string } = {
  missing: '没有填写',
  wrongType: '填写的内容类型不对',
  tooLong: '太长、太多或太大',
  tooShort: '太短、太少或太小',
  format: '格式不对',
  notOneOf: '不在可选的范围内',
  unknownKey: '有不认识的项',
  twice: '与前面的重复',
  twiceNamed: '与前面的重名',
  empty: '不能为空',
  foreignCode: '编码须以上级编码开头',
  unknownUnit: '没有这个成员单位',
  unknownClass: '没有这个分类编码',
  unreachable: '永远轮不到：前面的行已包括它',
  unsorted: '须按日期先后排列',
  overlap: '与别的日期重叠',
  outsideCalendar: '不在日历的起止之内',
  notWeekend: '调休上班日须是周六或周日',
  freeTooLong: '一次放假不能超过 31 天',
  fixedField: '固定字段的类型、分组不能更改，也不能停用',
  neededField: '这一项必须填写：没有它，工单无法办理或回复',
  fixedFieldMissing: '缺少固定字段',
  group: '自定字段须放在“诉求要素”组',
  maxLength: '字数上限过大',
  choices: '只有选择题有选项，且须有选项',
  choicesAlike: '选项重复',
  range: '数值范围不对，或不是数字字段',
  order: '只能与别的日期字段比较先后',
  secret: '这一组的字段不能设为举报保密',
  personal: '已在用的字段不能改变是否属个人信息：请停用它，另建字段',
  gap: '大括号里的名称没有内容可填',
  momentWithoutWords: '这个时刻没有一句适用于各类诉求的话',
  wrong: '不符合要求',
}

export const tablesWords = { tables: { names, flaws } } as const
