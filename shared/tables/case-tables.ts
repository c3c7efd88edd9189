/** The tables that a case and what is said in it go by; a window of the desk has these and no others. */
import { classTreeSchema, shippedTree } from '../case/classes.ts'
import { deadlineTableSchema } from '../case/deadline.ts'
import { formSchema, shippedForm, type FormBody } from '../case/form.ts'
import { shippedCalendar, shippedDeadlines } from '../case/shipped-deadlines.ts'
import { workCalendarSchema } from '../case/working-days.ts'
import { emergencyWordsSchema, shippedEmergencyWords } from '../script/emergency-words.ts'
import { forbiddenWordsSchema, shippedForbiddenWords } from '../script/forbidden.ts'
import { scriptSchema, shippedScript } from '../script/script.ts'
import { checkCalendar } from './checks/calendar.ts'
import { checkClasses, keepClasses } from './checks/classes.ts'
import { checkDeadlines } from './checks/deadlines.ts'
import { checkDivisions, divisionsSchema, shippedDivisionTree } from './checks/divisions.ts'
import { checkForm, keepFields } from './checks/form.ts'
import { checkScript } from './checks/script.ts'
import { checkWords } from './checks/words.ts'
import { table } from './table.ts'

export const caseTables = {
  classes: table({ schema: classTreeSchema, shipped: shippedTree, check: checkClasses, keep: keepClasses }),
  deadlines: table({ schema: deadlineTableSchema, shipped: shippedDeadlines.table, check: checkDeadlines }),
  calendar: table({ schema: workCalendarSchema, shipped: shippedCalendar, check: checkCalendar }),
  divisions: table({ schema: divisionsSchema, shipped: shippedDivisionTree, check: checkDivisions }),
  form: table<FormBody>({
    schema: formSchema,
    shipped: { fields: shippedForm.fields },
    check: checkForm,
    keep: keepFields,
  }),
  script: table({ schema: scriptSchema, shipped: shippedScript, check: checkScript }),
  forbiddenWords: table({ schema: forbiddenWordsSchema, shipped: shippedForbiddenWords, check: checkWords }),
  emergencyWords: table({ schema: emergencyWordsSchema, shipped: shippedEmergencyWords, check: checkWords }),
}
