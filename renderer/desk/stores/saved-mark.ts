import type { CaseForm } from '../../../shared/case/case-form.ts'

const KEY = 'sanxin.saved'
const MOST = 60

type Marks = readonly (readonly [caseId: string, print: number])[]

/** A short print of a form (FNV-1a), to tell whether it changed; nothing can be read back from it. */
export function printOf(form: CaseForm): number {
  const text = JSON.stringify(Object.entries(form).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  let print = 0x811c9dc5
  for (let at = 0; at < text.length; at++) print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  return print >>> 0
}

function marks(): Marks {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as Marks) : []
  } catch {
    return []
  }
}

/** Takes note of the form that stands saved, so that a desk that starts again does not call it changed. */
export function markSaved(caseId: string, form: CaseForm): void {
  const others = marks().filter(([id]) => id !== caseId)
  localStorage.setItem(KEY, JSON.stringify([...others, [caseId, printOf(form)]].slice(-MOST)))
}

/** Whether a form is the one that was saved; false where that is not known. */
export function isSavedAs(caseId: string, form: CaseForm): boolean {
  return marks().some(([id, print]) => id === caseId && print === printOf(form))
}
