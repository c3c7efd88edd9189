import type { OutboxPage } from '../../../shared/admin/outbox-page.ts'
import lineCss from '../../page/lines.module.css'
import { OutcomeWords } from '../outcome.tsx'
import { OwedLine } from './owed-line.tsx'
import { Told } from './told.tsx'
import { useSettling } from './use-settling.ts'

type Props = { readonly page: OutboxPage; readonly onChanged: () => void }

/** What somebody must say to citizens whom no message reaches; each leaves the list with a word on what was done. */
export function VoicePanel({ page: { byVoice }, onChanged }: Props) {
  const { outcome, settle } = useSettling(onChanged)
  return (
    <>
      <OutcomeWords outcome={outcome} />
      <ul className={lineCss.lines}>
        {byVoice.map((owed) => (
          <OwedLine key={owed.id} owed={owed}>
            <Told onTold={(reason) => void settle(owed.id, reason)} />
          </OwedLine>
        ))}
      </ul>
    </>
  )
}
