import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { againAnswerSchema, type Again, type OutboxPage } from '../../../shared/admin/outbox-page.ts'
import lineCss from '../../page/lines.module.css'
import { ask } from '../../page/api.ts'
import { OutcomeWords } from '../outcome.tsx'
import css from '../panel.module.css'
import { SureButton } from '../sure-button.tsx'
import { OwedLine } from './owed-line.tsx'
import { useOwedWords } from './owed-words.ts'
import { Told } from './told.tsx'
import { useSettling } from './use-settling.ts'

type Props = { readonly page: OutboxPage; readonly onChanged: () => void }

/** What was given up and what is still tried; one is sent again, or all of a kind, or she was told by telephone. */
export function DeadPanel({ page: { troubled, dead }, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const { kindOf } = useOwedWords()
  const { outcome, setOutcome, settle } = useSettling(onChanged)
  const send = async (again: Again) => {
    const answer = await ask(againAnswerSchema, '/admin/outbox/again', { method: 'POST', json: again })
    setOutcome(answer.ok ? { words: t('outbox.againDone', answer.value) } : { failure: answer.error })
    onChanged()
  }
  return (
    <>
      <div className={css.row}>
        {dead
          .filter(({ again }) => again > 0)
          .map(({ channel, kind, again: number }) => (
            <SureButton
              key={`${channel} ${kind}`}
              words={t('outbox.allAgain', { kind: kindOf({ channel, kind }), number })}
              sure={t('outbox.allAgainSure', { number })}
              onSure={() => void send({ channel, kind })}
            />
          ))}
      </div>
      <OutcomeWords outcome={outcome} />
      <ul className={lineCss.lines}>
        {troubled.map((owed) => (
          <OwedLine key={owed.id} owed={owed}>
            {owed.status === 'dead' && owed.channel === 'message' && (
              <Told onTold={(reason) => void settle(owed.id, reason)} />
            )}
            {owed.status === 'dead' && !owed.superseded && (
              <Button onClick={() => void send({ channel: owed.channel, id: owed.id })}>{t('outbox.again')}</Button>
            )}
          </OwedLine>
        ))}
      </ul>
    </>
  )
}
