/** Files on their way to central: sent one after the other, each under an id of its own. */
import { create } from 'zustand'
import { uuidv7 } from 'uuidv7'
import { fail, type Failure, type Result } from '../../../shared/errors.ts'
import { attachmentSchema, LARGEST_FILE, typeOfBytes } from '../../../shared/unit/attachment.ts'
import { ask, done } from '../../page/api.ts'
import { refreshFiles } from '../case/case-store.ts'
import { onSessionChange } from '../session/session-store.ts'

type Trouble = { readonly id: string; readonly caseId: string; readonly name: string; readonly failure: Failure }
type Files = { readonly sending: string | null; readonly troubles: readonly Trouble[] }
export const useFiles = create<Files>(() => ({ sending: null, troubles: [] }))

/** The first bytes tell the type: so many are looked at. */
const HEAD_BYTES = 16

/** What central would refuse is not sent at all: it may be large, and the road slow. */
async function whyNot(file: File): Promise<Failure | null> {
  const refuse = (detail: string): Failure => ({ code: 'invalidInput', detail })
  if (file.size === 0) return refuse('empty')
  if (file.size > LARGEST_FILE) return refuse('tooLarge')
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    return typeOfBytes(head) === null ? refuse('foreignType') : null
  } catch {
    // It was moved or taken away since it was chosen.
    return refuse('empty')
  }
}

async function send(caseId: string, file: File): Promise<Result<unknown>> {
  const wrong = await whyNot(file)
  if (wrong !== null) return fail(wrong.code, wrong.detail)
  const path = `/cases/${caseId}/attachments/${uuidv7()}`
  return ask(attachmentSchema, path, { method: 'PUT', file: { name: file.name, bytes: file } })
}

/** Adds files to what the unit is writing; those that are not taken are named with the reason. */
export async function addFiles(caseId: string, files: readonly File[]): Promise<void> {
  for (const file of files) {
    useFiles.setState({ sending: file.name })
    const sent = await send(caseId, file)
    if (sent.ok) await refreshFiles(caseId)
    else {
      const trouble = { id: uuidv7(), caseId, name: file.name, failure: sent.error }
      useFiles.setState(({ troubles }) => ({ troubles: [...troubles, trouble] }))
    }
  }
  useFiles.setState({ sending: null })
}

/** Takes one back that was not sent with a step yet. */
export async function removeFile(caseId: string, attachmentId: string, name: string): Promise<void> {
  const gone = await ask(done, `/cases/${caseId}/attachments/${attachmentId}`, { method: 'DELETE' })
  if (!gone.ok) {
    const trouble = { id: uuidv7(), caseId, name, failure: gone.error }
    useFiles.setState(({ troubles }) => ({ troubles: [...troubles, trouble] }))
  }
  await refreshFiles(caseId)
}

export function dismissTroubles(): void {
  useFiles.setState({ troubles: [] })
}

onSessionChange((change) => {
  if (change === 'left') useFiles.setState({ sending: null, troubles: [] })
})
