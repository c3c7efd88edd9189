import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isUp } from '../../../shared/call/call.ts'
import { PasswordKey } from '../../ui/password-form.tsx'
import { leaveDesk } from '../leave-desk.ts'
import { useCall } from '../stores/call-store.ts'
import { changePassword, useSession } from '../stores/session-store.ts'
import css from './header.module.css'

/** Who sits here, and the way out; never in a call. */
export function StaffMenu() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const operator = useSession(({ session }) => session?.operator)
  const busy = useCall(({ snapshot }) => isUp(snapshot?.call ?? null))
  const [leaving, setLeaving] = useState(false)
  const leave = () => {
    setLeaving(true)
    void leaveDesk().finally(() => setLeaving(false))
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus={false}>
      <Popover.Target>
        <button type="button" className={css.bare} onClick={() => setOpen(!open)}>
          {t('header.staffNo')} {operator?.staffNo}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.menu}>
        <span>{operator?.name}</span>
        <PasswordKey onSend={changePassword} />
        <Button disabled={busy || leaving} onClick={leave}>
          {busy ? t('app.signOutInCall') : t('app.signOut')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
