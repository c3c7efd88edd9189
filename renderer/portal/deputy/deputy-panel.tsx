import { Button, Input } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/errors.ts'
import { standsInFor, type Deputy } from '../../../shared/unit/unit-page.ts'
import { useFailureWords } from '../failure-words.ts'
import { refreshList, useList } from '../list/list-store.ts'
import { ask, done } from '../../page/api.ts'
import { useSession } from '../session/session-store.ts'
import { useToday } from '../use-minute.ts'
import css from './deputy-panel.module.css'

/** Who stands in for me, and for whom I do. */
export function DeputyPanel() {
  const { t } = useTranslation('portal')
  const me = useSession((session) => session.me)
  const { members, deputies } = useList((list) => list.work)
  const mine = deputies.find(({ staffNo }) => staffNo === me?.staffNo)
  const nameOf = (staffNo: string) => members.find((one) => one.staffNo === staffNo)?.name ?? staffNo
  const today = useToday()
  const forOthers = me === null ? [] : standsInFor(deputies, me.staffNo, today)
  return (
    <section className={css.panel} aria-label={t('deputy.title')}>
      <h2 className={css.title}>{t('deputy.title')}</h2>
      {forOthers.length > 0 && (
        <p className={css.sign}>{t('deputy.standsIn', { names: forOthers.map(nameOf).join('、') })}</p>
      )}
      {members.length < 2 ? (
        <p className={css.note}>{t('deputy.alone')}</p>
      ) : mine !== undefined ? (
        <Named mine={mine} name={nameOf(mine.deputy)} />
      ) : (
        <DeputyForm />
      )}
    </section>
  )
}

function Named({ mine, name }: { readonly mine: Deputy; readonly name: string }) {
  const { t } = useTranslation('portal')
  const failureWords = useFailureWords()
  const [failure, setFailure] = useState<Failure | null>(null)
  const end = async () => {
    const answer = await ask(done, '/unit/deputy', { method: 'DELETE' })
    if (answer.ok) await refreshList()
    else setFailure(answer.error)
  }
  return (
    <>
      <p className={css.sign}>{t('deputy.now', { name, from: mine.fromDay, until: mine.untilDay })}</p>
      <Button onClick={() => void end()}>{t('deputy.end')}</Button>
      <p className={css.words} role="status">
        {failure === null ? '' : failureWords(failure)}
      </p>
    </>
  )
}

function DeputyForm() {
  const { t } = useTranslation('portal')
  const failureWords = useFailureWords()
  const staffNo = useSession((session) => session.me?.staffNo)
  const members = useList((list) => list.work.members)
  const others = members.filter((one) => one.staffNo !== staffNo)
  const today = useToday()
  const [deputy, setDeputy] = useState(others[0]?.staffNo ?? '')
  const [fromDay, setFromDay] = useState(today)
  const [untilDay, setUntilDay] = useState(today)
  const [failure, setFailure] = useState<Failure | null>(null)
  const wrong = untilDay < fromDay
  const send = async () => {
    const answer = await ask(done, '/unit/deputy', { method: 'PUT', json: { deputy, fromDay, untilDay } })
    if (answer.ok) await refreshList()
    else setFailure(answer.error)
  }
  const said = wrong || failure?.detail === 'days' ? t('deputy.days') : failure === null ? '' : failureWords(failure)
  return (
    <>
      <p className={css.note}>{t('deputy.note')}</p>
      <label htmlFor="deputy-who">{t('deputy.who')}</label>
      <Input
        component="select"
        id="deputy-who"
        value={deputy}
        onChange={(event) => setDeputy(event.currentTarget.value)}
      >
        {others.map((one) => (
          <option key={one.staffNo} value={one.staffNo}>
            {one.name}
          </option>
        ))}
      </Input>
      <div className={css.days}>
        <span>
          <label htmlFor="deputy-from">{t('deputy.from')}</label>
          <Input
            id="deputy-from"
            type="date"
            value={fromDay}
            onChange={(event) => setFromDay(event.currentTarget.value)}
          />
        </span>
        <span>
          <label htmlFor="deputy-until">{t('deputy.until')}</label>
          <Input
            id="deputy-until"
            type="date"
            value={untilDay}
            onChange={(event) => setUntilDay(event.currentTarget.value)}
          />
        </span>
      </div>
      <p className={css.words} role="status">
        {said}
      </p>
      <Button disabled={wrong || deputy === ''} onClick={() => void send()}>
        {t('deputy.save')}
      </Button>
    </>
  )
}
