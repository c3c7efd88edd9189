/** Who reports something (举报) stays as secret as she was, whatever the case becomes (rules K10). */
import type { CaseKind, CaseRecord, GroupValue } from './case-record.ts'

type Secrecy = Pick<CaseRecord, 'secret' | 'groups'>

/** Whether a case is still secret, or by now, once this stands in it; `lifts` says that who wrote it may lift that. */
export function secretAfter(secret: boolean, { group, value }: GroupValue, lifts: boolean): boolean {
  if (group !== 'classification') return secret
  return value.kind === 'report' || (secret && !lifts)
}

/** Whether this makes of a secret case another kind than it is, and no report: then who may know lifts the secret by it. */
export function endsReport({ secret, groups }: Secrecy, { group, value }: GroupValue): boolean {
  if (!secret || group !== 'classification') return false
  return value.kind !== 'report' && value.kind !== groups.classification.kind
}

/** As what her call is kept where the case is joined into another one: as a report, where it was one and is secret yet. */
export function keptKind({ secret, groups }: Secrecy): CaseKind | null {
  return secret ? 'report' : groups.classification.kind
}
