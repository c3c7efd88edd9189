/** The deadlines and the calendar that come with the product. */
import calendar from './data/calendar.json' with { type: 'json' }
import table from './data/deadlines.json' with { type: 'json' }
import { deadlineTableSchema } from './deadline.ts'
import { createWorkingDays, workCalendarSchema } from './working-days.ts'

export const shippedCalendar = workCalendarSchema.parse(calendar)

export const shippedDeadlines = {
  table: deadlineTableSchema.parse(table),
  days: createWorkingDays(shippedCalendar),
}
