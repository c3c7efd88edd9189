/** What is missing in a case and what cannot be, and how complete it is (rules K7.4 to K7.6 in SPEC.md). Pure. */
import { assertNever } from '../errors.ts'
import type { CallerIdentity, CaseRecord } from './case-record.ts'
import type { CaseKind } from './case-kind.ts'
import { minuteOf, readDate, type TimeSpan } from './dates.ts'
import {
  districtsOf,
  namesOtherDistrict,
  namesPlace,
  shippedDivisions,
  streetsOf,
  type Divisions,
} from './divisions.ts'
import { shippedBook, type ClassBook } from './classes.ts'
import { fieldsFor, shippedForm, type Form, type FormBody, type FormField } from './form.ts'
import { idCardFault, isPhone, readNumber, type IdCardFault } from './plausible.ts'

export type FindingRule =
  | 'missing'
  | IdCardFault
  | 'phone'
  | 'unreadable'
  | 'noSuchDate'
  /** After the call. */
  | 'inFuture'
  /** Before what comes before it; `other` names that field. */
  | 'tooEarly'
  | 'notANumber'
  | 'outOfRange'
  /** In no division of the city. */
  | 'outside'
  | 'otherDistrict'
  | 'notAChoice'
  | 'tooLong'

/** Something about a field; its words stand in i18n under `form.finding.<rule>`. */
export type Finding = {
  readonly field: string
  readonly rule: FindingRule
  readonly severity: 'missing' | 'implausible'
  readonly other?: string
}

/** What a case says, each field in the words that were typed; `callAt` is when, in ms. */
export type Matter = {
  readonly kind: CaseKind | null
  readonly code: string | null
  readonly values: { readonly [field: string]: string }
  readonly callAt: number
}

/** What a case says with its caller; of one whose caller is not told here, nothing is there of her. */
export function matterOfCase({ groups, openedAt: callAt }: CaseRecord, caller: CallerIdentity | null): Matter {
  const { classification, place, content, reply, particulars } = groups
  const { kind, code } = classification
  return {
    ...{ kind, code, callAt },
    values: {
      ...particulars.values,
      ...caller?.papers,
      ...{ kind: kind ?? '', classification: code ?? '', content: content.text },
      ...{ district: place.district ?? '', street: place.street ?? '', address: place.address },
      ...{ callerName: caller?.name ?? '', callerPhone: caller?.phone ?? '' },
      ...{ replyMode: reply.mode ?? '', reply: reply.text },
    },
  }
}

/** What a case is looked at by: the form, and what it refers to. */
export type FormRules = { readonly form: Form; readonly classes: ClassBook; readonly divisions: Divisions }

/** What comes with the program. */
export const shippedFormRules: FormRules = { form: shippedForm, classes: shippedBook, divisions: shippedDivisions }

type Ground = Omit<FormRules, 'form'>

const valueOf = ({ values }: Matter, field: string) => (values[field] ?? '').trim()

/** Who wants no reply need not say where to; who is replied to at once was told something. */
function isRequired({ id, required }: FormField, matter: Matter): boolean {
  if (id === 'callerPhone') return required && valueOf(matter, 'replyMode') !== 'notWanted'
  if (id === 'reply') return required || valueOf(matter, 'replyMode') === 'atOnce'
  return required
}

type Fault = Pick<Finding, 'rule' | 'other'>

function dateFault({ notBefore, notAfterCall }: FormField, span: TimeSpan, matter: Matter): Fault | null {
  if (notAfterCall && span.from > minuteOf(matter.callAt)) return { rule: 'inFuture' }
  const other = notBefore === undefined ? '' : valueOf(matter, notBefore)
  const earlier = other === '' ? 'unreadable' : readDate(other, matter.callAt)
  if (typeof earlier === 'string' || span.to >= earlier.from || notBefore === undefined) return null
  return { rule: 'tooEarly', other: notBefore }
}

function placeFault({ id }: FormField, value: string, matter: Matter, divisions: Divisions): Fault | null {
  const district = valueOf(matter, 'district')
  const inside =
    id === 'district'
      ? districtsOf(divisions).includes(value)
      : id === 'street'
        ? streetsOf(divisions, district).includes(value)
        : namesPlace(divisions, value)
  return inside ? null : { rule: 'outside' }
}

/** What is wrong with a value that is there; null for nothing that can be known here. */
function faultOf(field: FormField, value: string, matter: Matter, divisions: Divisions): Fault | null {
  if (value.length > field.maxLength) return { rule: 'tooLong' }
  switch (field.type) {
    case 'phone':
      return isPhone(value) ? null : { rule: 'phone' }
    case 'idCard': {
      const rule = idCardFault(value, matter.callAt)
      return rule === null ? null : { rule }
    }
    case 'date':
    case 'dateTime': {
      const read = readDate(value, matter.callAt)
      return typeof read === 'string' ? { rule: read } : dateFault(field, read, matter)
    }
    case 'number': {
      const number = readNumber(value)
      if (number === null) return { rule: 'notANumber' }
      return number < (field.min ?? -Infinity) || number > (field.max ?? Infinity) ? { rule: 'outOfRange' } : null
    }
    case 'place':
      return placeFault(field, value, matter, divisions)
    case 'choice':
      return field.choices?.some((choice) => choice.value === value) === false ? { rule: 'notAChoice' } : null
    case 'yesNo':
      return value === 'yes' || value === 'no' ? null : { rule: 'notAChoice' }
    case 'text':
    case 'longText': {
      const district = valueOf(matter, 'district')
      const elsewhere = field.id === 'address' && district !== '' && namesOtherDistrict(divisions, value, district)
      return elsewhere ? { rule: 'otherDistrict' } : null
    }
    default:
      return assertNever(field.type)
  }
}

type Checked = { readonly field: FormField; readonly value: string; readonly finding: Finding | null }

function checked(form: FormBody, matter: Matter, { classes, divisions }: Ground): Checked[] {
  return fieldsFor(form, matter.kind, matter.code, classes).map((field) => {
    const value = valueOf(matter, field.id)
    if (value === '') {
      const isMissing = isRequired(field, matter)
      return { field, value, finding: isMissing ? { field: field.id, rule: 'missing', severity: 'missing' } : null }
    }
    const fault = faultOf(field, value, matter, divisions)
    return { field, value, finding: fault === null ? null : { field: field.id, severity: 'implausible', ...fault } }
  })
}

/** What a form finds in a case, in the order of its fields: what it requires and lacks, and what cannot be so. */
export function check(form: FormBody, matter: Matter, ground: Ground = shippedFormRules): Finding[] {
  return checked(form, matter, ground).flatMap(({ finding }) => finding ?? [])
}

const [REQUIRED_WEIGHT, ASKED_WEIGHT] = [3, 1]

/**
 * How complete a case is by a form, 0 to 100: the share that stands of the weights of its fields, rounded down. A field
 * that is required weighs 3, another 1, a personal one that is neither required nor filled in nothing, for nobody is to
 * ask more of a citizen than her matter needs; nor does a reply that is still to come. What is there counts whole, what is there and cannot be so by half.
 */
export function score(form: FormBody, matter: Matter, ground: Ground = shippedFormRules): number {
  let [halves, of] = [0, 0]
  for (const { field, value, finding } of checked(form, matter, ground)) {
    const required = isRequired(field, matter)
    const weighsNothing = value === '' && (field.pii || field.id === 'reply')
    const weight = required ? REQUIRED_WEIGHT : weighsNothing ? 0 : ASKED_WEIGHT
    of += weight
    halves += value === '' ? 0 : finding === null ? 2 * weight : weight
  }
  return of === 0 ? 100 : Math.floor((100 * halves) / (2 * of))
}
