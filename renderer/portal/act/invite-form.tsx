import { Button, Input } from '@mantine/core'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberUnit } from '../../../shared/case/case-line.ts'
import { isComposing } from '../../ui/composing.ts'
import { useList } from '../list/list-store.ts'
import { useSession } from '../session/session-store.ts'
import css from './act.module.css'
import { ActForm } from './act-forms.tsx'
import { act } from './act-store.ts'
import { findUnits } from './find-units.ts'

const MOST_UNITS = 20

/** Asks other units to take part; the first unit goes on leading. */
export function InviteForm({ caseId, there }: { readonly caseId: string; readonly there: readonly string[] }) {
  const { t } = useTranslation('portal')
  const own = useSession(({ me }) => me?.unit)
  const units = useList((list) => list.units)
  const [typed, setTyped] = useState('')
  const [hits, setHits] = useState<readonly MemberUnit[]>([])
  const [chosen, setChosen] = useState<readonly MemberUnit[]>([])
  useEffect(() => {
    let current = true
    const taken = new Set([own, ...there, ...chosen.map(({ id }) => id)])
    const free = units.filter(({ id }) => !taken.has(id))
    void findUnits(free, typed).then((found) => current && setHits(found))
    return () => {
      current = false
    }
  }, [typed, units, chosen, there, own])
  const choose = (unit: MemberUnit) => {
    setChosen([...chosen, unit].slice(0, MOST_UNITS))
    setTyped('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = hits
    if (event.key !== 'Enter' || event.ctrlKey || isComposing(event.nativeEvent)) return
    event.preventDefault()
    if (first !== undefined) choose(first)
  }
  const send = () => void act(caseId, { type: 'invite', units: chosen.map(({ id }) => id) })
  const missing = chosen.length === 0 ? t('act.inviteHint') : null
  return (
    <ActForm label={t('act.invite')} submit={t('act.inviteSubmit')} missing={missing} onSend={send}>
      <div className={css.field}>
        <label htmlFor="invite">{t('act.inviteLabel')}</label>
        <Input
          id="invite"
          autoComplete="off"
          placeholder={t('act.inviteHint')}
          value={typed}
          onKeyDown={onKeyDown}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <ul className={css.hits}>
        {hits.map((unit) => (
          <li key={unit.id}>
            <button type="button" className={css.hit} onClick={() => choose(unit)}>
              {unit.name} {unit.district !== null && <small>{unit.district}</small>}
            </button>
          </li>
        ))}
      </ul>
      {typed.trim() !== '' && hits.length === 0 && <p className={css.quiet}>{t('act.inviteNone')}</p>}
      {chosen.length > 0 && (
        <ul className={css.chosen} aria-label={t('act.inviteChosen')}>
          {chosen.map((unit) => (
            <li key={unit.id}>
              {unit.name}
              <Button
                aria-label={t('act.remove', { name: unit.name })}
                onClick={() => setChosen(chosen.filter(({ id }) => id !== unit.id))}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
    </ActForm>
  )
}
