import type { FlawCode } from '../../tables/flaw.ts'
import type { TableName } from '../../tables/tables.ts'
import type { Words } from '../zh.ts'
import type { tablesWords as zh } from '../zh/tables.ts'

const names: { readonly [N in TableName]: string } = {
  classes: 'classes',
  deadlines: 'deadlines',
  calendar: 'calendar of working days',
  divisions: 'divisions',
  form: 'fields of a case',
  script: 'Courtesy script',
  forbiddenWords: 'Words better not said',
  emergencyWords: 'Words of danger',
  synonyms: 'Words that mean the same',
}

const flaws: { readonly [C in FlawCode]: string } = {
  missing: 'is missing',
  wrongType: 'is of the wrong type',
  tooLong: 'is too long, too many or too large',
  tooShort: 'is too short, too few or too small',
  format: 'is not written as it should be',
  notOneOf: 'is none of what it may be',
  unknownKey: 'has something unknown in it',
  twice: 'stands there already',
  twiceNamed: 'an earlier one has this name',
  empty: 'must not be empty',
  foreignCode: 'the code must begin with that of its group',
  unknownUnit: 'there is no such member unit',
  unknownClass: 'there is no such class',
  unreachable: 'can never hold: an earlier row covers it',
  unsorted: 'must be in the order of the dates',
  overlap: 'overlaps another date',
  outsideCalendar: 'is not between the calendar’s first and last day',
  notWeekend: 'a day worked instead must be a Saturday or Sunday',
  freeTooLong: 'a holiday has 31 days at most',
  fixedField: 'a fixed field keeps its type and group, and is never retired',
  neededField: 'always required: without it no case can be handled or replied to',
  fixedFieldMissing: 'a fixed field is missing',
  group: 'a field of one’s own belongs to the particulars',
  maxLength: 'allows too many characters',
  choices: 'a choice has options, and nothing else has',
  choicesAlike: 'two options are alike',
  range: 'the range is none, or this is no number',
  order: 'can only be compared with another date',
  secret: 'a field of this group cannot be kept secret for reports',
  personal: 'whether a field in use is personal cannot change: retire it and make another',
  gap: 'nothing fills what stands in braces',
  momentWithoutWords: 'no sentence for all kinds of matters at this moment',
  wrong: 'is not as it should be',
}

export const tablesWords: Words<typeof zh> = { tables: { names, flaws } }
