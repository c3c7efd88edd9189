/** Kinds and reasons of what is owed, in words. */
import { useTranslation } from 'react-i18next'
import type { DeadKind } from '../../../shared/admin/outbox-page.ts'
import { messageKinds } from '../../../shared/case/message-kind.ts'

const reasons = ['timeout', 'unreachable', 'foreignAddress', 'unreadable', 'wish', 'notMobile', 'noNumber'] as const

export function useOwedWords() {
  const { t } = useTranslation('admin')
  return {
    kindOf: ({ channel, kind }: Pick<DeadKind, 'channel' | 'kind'>): string => {
      if (channel === 'webhook') return t('outbox.event', { kind })
      const known = messageKinds.find((one) => one === kind)
      return known === undefined ? t('outbox.otherMessage', { kind }) : t(`outbox.message.${known}`)
    },
    reasonOf: (reason: string): string => {
      const known = reasons.find((one) => one === reason)
      if (known !== undefined) return t(`outbox.reason.${known}`)
      const code = /^http(\d{3})$/.exec(reason)?.[1]
      return code === undefined ? t('outbox.reason.other', { reason }) : t('outbox.reason.http', { code })
    },
  }
}
