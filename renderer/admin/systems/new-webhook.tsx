import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { madeWebhookSchema } from '../../../shared/admin/systems-page.ts'
import { ask } from '../../page/api.ts'
import { PanelHead } from '../asked-panel.tsx'
import { TextField } from '../field.tsx'
import type { Outcome } from '../outcome.tsx'
import css from '../panel.module.css'
import { SubmitForm } from '../submit-form.tsx'
import { CheckField } from '../../page/check-field.tsx'
import { ToldSecret } from './told-secret.tsx'

const LONGEST_URL = 500
type Props = { readonly events: readonly string[]; readonly onChanged: () => void }

/** Where the platform above is told of events: its address, of which, and the secret that signs them, told once. */
export function NewWebhookPanel({ events, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const [url, setUrl] = useState('')
  /** Null: all. */
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const send = async () => {
    const json = { url: url.trim(), events: chosen }
    const answer = await ask(madeWebhookSchema, '/systems/webhooks', { method: 'POST', json })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    setOutcome(null)
    setSecret(answer.value.secret)
    setUrl('')
    onChanged()
  }
  return (
    <SubmitForm
      words={t('systems.newWebhook')}
      ready={url.trim() !== '' && chosen?.length !== 0}
      onSend={send}
      outcome={outcome}
      look="panel"
    >
      <PanelHead view="systems" title={t('systems.newWebhook')} />
      <p className={css.note}>{t('systems.urlNote')}</p>
      {secret !== null && (
        <ToldSecret key={secret} label={t('systems.secret')} secret={secret} onDone={() => setSecret(null)} />
      )}
      <TextField
        required
        label={t('systems.url')}
        hint={t('systems.urlHint')}
        value={url}
        maxLength={LONGEST_URL}
        onChange={setUrl}
      />
      <EventsField events={events} chosen={chosen} onChange={setChosen} />
    </SubmitForm>
  )
}

type EventsProps = {
  readonly events: readonly string[]
  readonly chosen: readonly string[] | null
  readonly onChange: (chosen: readonly string[] | null) => void
}

function EventsField({ events, chosen, onChange }: EventsProps) {
  const { t } = useTranslation('admin')
  const change = (event: string, wanted: boolean) =>
    onChange(events.filter((one) => (one === event ? wanted : chosen?.includes(one) === true)))
  return (
    <fieldset className={css.fieldset}>
      <legend className={css.legend}>{t('systems.events')}</legend>
      <CheckField
        label={t('systems.allEvents')}
        checked={chosen === null}
        onChange={(all) => onChange(all ? null : [])}
      />
      {chosen !== null && (
        <div className={css.row}>
          {events.map((event) => (
            <CheckField
              key={event}
              label={event}
              checked={chosen.includes(event)}
              onChange={(wanted) => change(event, wanted)}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}
