import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  webhookActAnswerSchema,
  type EventResult,
  type SystemWebhook,
  type WebhookAct,
} from '../../../shared/admin/systems-page.ts'
import { ask, done } from '../../page/api.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { PanelHead } from '../asked-panel.tsx'
import { OutcomeWords, type Outcome } from '../outcome.tsx'
import { useOwedWords } from '../outbox/owed-words.ts'
import css from '../panel.module.css'
import { goTo } from '../route.ts'
import { Rows } from '../../page/rows.tsx'
import { SureButton } from '../sure-button.tsx'

type Props = { readonly webhook: SystemWebhook; readonly onChanged: () => void }

/** Where events go: how it went of late; each is paused here, the platform's own tried and ended, too. */
export function WebhookPanel({ webhook, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const { unit, unitName, url, events, createdAt, pausedAt, waiting } = webhook
  const facts = [
    ...(events === null ? [t('systems.allEvents')] : events),
    t('systems.madeAt', { time: dayAndTime(createdAt) }),
    t('systems.waiting', { number: waiting }),
    ...(pausedAt === null ? [] : [t('systems.pausedAt', { time: dayAndTime(pausedAt) })]),
  ]
  return (
    <div className={css.panel}>
      <PanelHead view="systems" title={unit === null ? t('systems.platform') : (unitName ?? unit)} />
      <p className={css.address}>{url}</p>
      <p className={css.note}>{facts.join(' · ')}</p>
      {unit !== null && <p className={css.note}>{t('systems.ofUnit')}</p>}
      <Acts webhook={webhook} onChanged={onChanged} />
      <Results results={webhook.results} />
    </div>
  )
}

function Acts({ webhook: { webhookId, unit, pausedAt }, onChanged }: Props) {
  const { t } = useTranslation('admin')
  const { reasonOf } = useOwedWords()
  const [outcome, setOutcome] = useState<Outcome>(null)
  const [trying, setTrying] = useState(false)
  const path = `/systems/webhooks/${webhookId}`
  const act = async (which: WebhookAct) => {
    setTrying(true)
    const answer = await ask(webhookActAnswerSchema, `${path}/${which}`, { method: 'POST', json: {} })
    setTrying(false)
    if (!answer.ok) setOutcome({ failure: answer.error })
    else if (answer.value.reason === null) setOutcome({ words: t(`systems.done.${which}`) })
    else setOutcome({ words: t('systems.testFailed', { reason: reasonOf(answer.value.reason) }) })
    onChanged()
  }
  const end = async () => {
    const answer = await ask(done, path, { method: 'DELETE' })
    if (!answer.ok) return setOutcome({ failure: answer.error })
    onChanged()
    goTo('systems')
  }
  return (
    <>
      <div className={css.row}>
        {unit === null && (
          <Button disabled={trying} onClick={() => void act('test')}>
            {t('systems.test')}
          </Button>
        )}
        {pausedAt === null ? (
          <SureButton words={t('systems.pause')} sure={t('systems.pauseSure')} onSure={() => void act('pause')} />
        ) : (
          <Button onClick={() => void act('resume')}>{t('systems.resume')}</Button>
        )}
        {unit === null && <SureButton words={t('systems.end')} sure={t('systems.endSure')} onSure={() => void end()} />}
      </div>
      <OutcomeWords outcome={outcome} />
    </>
  )
}

const statuses = ['pending', 'sent', 'dead', 'skipped', 'byVoice', 'settled'] as const

function Results({ results }: { readonly results: readonly EventResult[] }) {
  const { t } = useTranslation('admin')
  const { reasonOf } = useOwedWords()
  const words = ({ kind, status, reason, tries, doneAt }: EventResult) => {
    const known = statuses.find((one) => one === status)
    const time = doneAt === null ? '' : dayAndTime(doneAt)
    const parts = [
      t('systems.result', { time, kind, status: known === undefined ? status : t(`systems.status.${known}`) }),
      ...(reason === null ? [] : [reasonOf(reason)]),
      t('systems.triesOf', { number: tries }),
    ]
    return parts.join(' · ')
  }
  return (
    <section className={css.section} aria-label={t('systems.results')}>
      <h3>{t('systems.results')}</h3>
      {results.length === 0 && <p className={css.note}>{t('systems.noResults')}</p>}
      <Rows of={results}>{(result) => <p className={css.note}>{words(result)}</p>}</Rows>
    </section>
  )
}
