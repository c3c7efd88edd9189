import { shippedForm, type Form, type FormBody } from '../../shared/case/form.ts'
import { readBody } from '../../shared/tables/tables.ts'
import type { Tx } from '../db/db.ts'
import { selectVersion } from './sql.ts'

/**
 * The forms that a case with particulars of a version is read by, the one of then first (rule K7.11). A desk may name
 * any version: for one that there is not the newest stands.
 */
export async function formsOf(sql: Tx, version: number, newest: Form): Promise<readonly FormBody[]> {
  if (version >= newest.version) return [newest]
  if (version === shippedForm.version) return [shippedForm, newest]
  const found = await selectVersion(sql, 'form', version)
  const body = found === null ? null : readBody('form', found.body)
  return body === null ? [newest] : [body, newest]
}
