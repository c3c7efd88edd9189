/** What a form says lies with the caller comes to lie there, wherever a desk wrote it (rule K7.13). */
import type { CallerIdentity, CaseRecord } from '../../shared/case/case-record.ts'
import type { CaseCommand } from '../../shared/case/commands.ts'
import { liesWithCaller, type FormBody } from '../../shared/case/form.ts'
import type { Particulars, Values } from '../../shared/case/particulars.ts'

/** The particulars that lie with the caller by this form, by the ids of their fields. */
export const idsWithCaller = ({ fields }: FormBody): ReadonlySet<string> =>
  new Set(fields.flatMap((field) => (field.group === 'particulars' && liesWithCaller(field) ? [field.id] : [])))

type Apart = { readonly command: CaseCommand; readonly papers: Values }

/** A command without what lies with the caller, and that. Most have nothing of it and stay as they are. */
export function papersApart(command: CaseCommand, withCaller: ReadonlySet<string>): Apart {
  const papers: Record<string, string> = {}
  const clean = (one: Particulars): Particulars => {
    const [secret, plain] = [true, false].map((wanted) =>
      Object.entries(one.values).filter(([id]) => withCaller.has(id) === wanted),
    )
    Object.assign(papers, Object.fromEntries(secret ?? []))
    return { ...one, values: Object.fromEntries(plain ?? []) }
  }
  const cleaned = (): CaseCommand => {
    if (command.type === 'case.edit') {
      const edits = command.edits.map((edit) =>
        edit.group === 'particulars' ? { ...edit, value: clean(edit.value) } : edit,
      )
      return { ...command, edits }
    }
    if (command.type === 'case.call')
      return { ...command, groups: { ...command.groups, particulars: clean(command.groups.particulars) } }
    if (command.type !== 'case.open' || command.groups.particulars === undefined) return command
    return { ...command, groups: { ...command.groups, particulars: clean(command.groups.particulars) } }
  }
  const apart = cleaned()
  return Object.keys(papers).length === 0 ? { command, papers } : { command: apart, papers }
}

/** Whose papers they are: who opens or calls, else the caller of the case as it stands. */
const ownerOf = (command: CaseCommand, record: CaseRecord | null) =>
  'groups' in command ? command.groups.caller.callerId : (record?.groups.caller.callerId ?? null)

/** In whose place an identity comes that a command brings: what is known of her holds for it, too. Another call is another one's. */
export const insteadOf = (command: CaseCommand, record: CaseRecord | null): string | null =>
  command.type === 'case.edit' ? (record?.groups.caller.callerId ?? null) : null

/**
 * The identity with what was set apart, which takes the place of what it had under these ids, for it was typed now; the
 * papers that came with the identity itself are newer still. `find` gives an identity as it stands.
 */
export function withPapers(
  caller: CallerIdentity | null,
  { command, papers }: Apart,
  record: CaseRecord | null,
  find: (callerId: string) => CallerIdentity | null,
): CallerIdentity | null {
  if (Object.keys(papers).length === 0) return caller
  const before = insteadOf(command, record)
  if (caller !== null) {
    const known = find(caller.callerId) ?? (before === null ? null : find(before))
    return { ...caller, papers: { ...(caller.papers === undefined ? known?.papers : {}), ...papers, ...caller.papers } }
  }
  const owner = ownerOf(command, record)
  if (owner === null) return null
  const known = find(owner) ?? { callerId: owner, name: '', phone: '' }
  return { ...known, papers: { ...known.papers, ...papers } }
}
