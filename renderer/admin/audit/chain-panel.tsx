import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { auditChainSchema } from '../../../shared/admin/audit-page.ts'
import type { Failure } from '../../../shared/errors.ts'
import { ask } from '../../page/api.ts'
import { useFailureWords } from '../failure-words.ts'
import css from '../panel.module.css'

const reasons = ['missing', 'order', 'changed', 'cut', 'head', 'expected'] as const

/** Whether the chain holds, when it is asked for; its last hash, to be kept elsewhere. */
export function ChainPanel() {
  const { t } = useTranslation('admin')
  const failureWords = useFailureWords()
  const [said, setSaid] = useState<z.output<typeof auditChainSchema> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [working, setWorking] = useState(false)
  const check = async () => {
    setWorking(true)
    const answer = await ask(auditChainSchema, '/admin/audit/chain', { long: true })
    setSaid(answer.ok ? answer.value : null)
    setFailure(answer.ok ? null : answer.error)
    setWorking(false)
  }
  const flaw = said?.flaw ?? null
  const why = reasons.find((one) => one === flaw?.why)
  return (
    <section className={css.panel} aria-label={t('audit.chain')}>
      <h2>{t('audit.chain')}</h2>
      <p className={css.note}>{t('audit.chainNote')}</p>
      <div className={css.row}>
        <Button disabled={working} onClick={() => void check()}>
          {working ? t('audit.checking') : t('audit.check')}
        </Button>
      </div>
      <p className={css.words} role="status" data-bad={flaw !== null || failure !== null || undefined}>
        {failure !== null && failureWords(failure)}
        {flaw !== null &&
          t('audit.broken', { seq: flaw.seq, why: why === undefined ? flaw.why : t(`audit.why.${why}`) })}
        {said !== null && flaw === null && t('audit.whole', { entries: said.head.seq })}
      </p>
      {said !== null && (
        <>
          <span className={css.legend}>{t('audit.hash')}</span>
          <span className={css.address}>{said.head.hash}</span>
        </>
      )}
    </section>
  )
}
