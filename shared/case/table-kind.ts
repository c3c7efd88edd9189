import { z } from 'zod'

/** As what a search is taken away: a workbook, or lines of text. */
export const tableKindSchema = z.enum(['xlsx', 'csv'])
export type TableKind = z.infer<typeof tableKindSchema>
