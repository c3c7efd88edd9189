import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  systemsPageSchema,
  type SystemKey,
  type SystemsPage,
  type SystemWebhook,
} from '../../../shared/admin/systems-page.ts'
import lineCss from '../../page/lines.module.css'
import workCss from '../../page/work.module.css'
import tag from '../../ui/panel.module.css'
import css from '../panel.module.css'
import { ReadFailure } from '../read-failure.tsx'
import { goTo, hrefTo } from '../route.ts'
import { useAsked, type Asked } from '../../page/use-asked.ts'
import { KeyPanel, NewKeyPanel } from './key-panel.tsx'
import { NewWebhookPanel } from './new-webhook.tsx'
import { WebhookPanel } from './webhook-panel.tsx'

/** What stands in the place of an id while one is made; no id has a space. */
const NEW_KEY = ' key'
const NEW_WEBHOOK = ' webhook'

/** Systems outside: keys of units' systems, and where events go. */
export function SystemsView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('admin')
  const asked = useAsked(systemsPageSchema, '/admin/systems')
  const { value, failure } = asked
  return (
    <>
      <div className={workCss.list}>
        <section className={lineCss.panel} aria-label={t('systems.list')}>
          <div className={css.bar}>
            <Button onClick={() => goTo('systems', NEW_KEY)}>{t('systems.newKey')}</Button>
            <Button onClick={() => goTo('systems', NEW_WEBHOOK)}>{t('systems.newWebhook')}</Button>
          </div>
          <ReadFailure failure={failure} />
          {value === null && failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
          <Group title={t('systems.keys')} none={value?.keys.length === 0}>
            {value?.keys.map((one) => (
              <KeyLine key={one.keyId} systemKey={one} chosen={one.keyId === item} />
            ))}
          </Group>
          <Group title={t('systems.webhooks')} none={value?.webhooks.length === 0}>
            {value?.webhooks.map((one) => (
              <WebhookLine key={one.webhookId} webhook={one} chosen={one.webhookId === item} />
            ))}
          </Group>
        </section>
      </div>
      <div className={workCss.chosen}>
        <Chosen asked={asked} item={item} />
      </div>
    </>
  )
}

type ChosenProps = { readonly asked: Asked<SystemsPage>; readonly item: string | null }

function Chosen({ asked: { value, refresh }, item }: ChosenProps) {
  const { t } = useTranslation('admin')
  if (item === NEW_KEY) return <NewKeyPanel onChanged={refresh} />
  if (item === NEW_WEBHOOK) return <NewWebhookPanel events={value?.events ?? []} onChanged={refresh} />
  const key = value?.keys.find(({ keyId }) => keyId === item)
  if (key !== undefined) return <KeyPanel key={key.keyId} systemKey={key} onChanged={refresh} />
  const webhook = value?.webhooks.find(({ webhookId }) => webhookId === item)
  if (webhook !== undefined) return <WebhookPanel key={webhook.webhookId} webhook={webhook} onChanged={refresh} />
  return (
    <p className={lineCss.empty}>{t(item === null ? 'choose' : value === null ? 'loading' : 'refused.notFound')}</p>
  )
}

type GroupProps = { readonly title: string; readonly none: boolean; readonly children: ReactNode }

function Group({ title, none, children }: GroupProps) {
  const { t } = useTranslation('admin')
  return (
    <>
      <h2 className={css.group}>{title}</h2>
      {none && <p className={lineCss.empty}>{t('systems.none')}</p>}
      <ul className={lineCss.lines}>{children}</ul>
    </>
  )
}

type KeyLineProps = { readonly systemKey: SystemKey; readonly chosen: boolean }

function KeyLine({ systemKey: { keyId, unit, unitName, name, revokedAt }, chosen }: KeyLineProps) {
  const { t } = useTranslation('admin')
  return (
    <li>
      <a className={lineCss.line} href={hrefTo('systems', keyId)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{name}</b>
          <span>{unitName ?? unit}</span>
        </span>
        <span className={lineCss.marks}>
          {revokedAt !== null && <span className={tag.tag}>{t('systems.revoked')}</span>}
        </span>
      </a>
    </li>
  )
}

type WebhookLineProps = { readonly webhook: SystemWebhook; readonly chosen: boolean }

function WebhookLine({ webhook, chosen }: WebhookLineProps) {
  const { t } = useTranslation('admin')
  const { webhookId, unit, unitName, url, pausedAt, results } = webhook
  return (
    <li>
      <a className={lineCss.line} href={hrefTo('systems', webhookId)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{unit === null ? t('systems.platform') : (unitName ?? unit)}</b>
          <span>{URL.parse(url)?.host ?? url}</span>
        </span>
        <span className={lineCss.marks}>
          {pausedAt !== null && (
            <span className={tag.tag} data-tone="warn">
              {t('systems.paused')}
            </span>
          )}
          {results[0]?.status === 'dead' && (
            <span className={tag.tag} data-tone="bad">
              {t('systems.status.dead')}
            </span>
          )}
        </span>
      </a>
    </li>
  )
}
