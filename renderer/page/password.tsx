import { ask, done } from './api.ts'
import { PasswordKey } from '../ui/password-form.tsx'
import type { PasswordChange } from '../../shared/people/password.ts'

const send = (json: PasswordChange) => ask(done, '/password', { method: 'POST', json })

/** One's own password, on a page of central's. */
export const OwnPassword = () => <PasswordKey onSend={send} />
