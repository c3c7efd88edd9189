import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { may } from '../../../shared/people/roles.ts'
import panel from '../../ui/panel.module.css'
import { underSign } from '../../ui/under-sign.ts'
import sign from '../header/call-list.module.css'
import { keyShown } from '../keys/key-map.ts'
import { closeLedger, usePanels } from '../stores/panel-store.ts'
import { useSession } from '../stores/session-store.ts'
import { LedgerList } from './ledger-list.tsx'
import css from './ledger.module.css'
import { toggleLedgerList, useLedger } from './ledger-store.ts'

/** How many calls nothing came of, for who leads the shift; by key or click they open the list. */
export function LedgerSign() {
  const { t } = useTranslation()
  const role = useSession(({ session }) => session?.operator.role)
  const opened = usePanels(({ ledger }) => ledger)
  const open = useLedger((state) => state.open)
  if (role === undefined || !may(role, 'ledger.read')) return null
  return (
    <Popover {...underSign} opened={opened} onChange={closeLedger} width={620}>
      <Popover.Target>
        <button
          type="button"
          className={css.sign}
          title={t('ledger.signTitle')}
          data-testid="ledger-sign"
          onMouseDown={(event) => event.preventDefault()}
          onClick={toggleLedgerList}
        >
          <span className={panel.tag} data-tone={(open ?? 0) > 0 ? 'bad' : 'ok'}>
            {t('ledger.sign')} {open ?? '–'}
          </span>
          <kbd aria-hidden>{keyShown('ledger')}</kbd>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={sign.panel} aria-label={t('ledger.title')}>
        {opened && <LedgerList />}
      </Popover.Dropdown>
    </Popover>
  )
}
