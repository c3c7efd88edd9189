import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoMatter } from '../../../shared/call/call-fact.ts'
import { isComposing } from '../../ui/composing.ts'
import { canSettle, settleCall } from '../actions.ts'
import { closeNoMatter, usePanels } from '../stores/panel-store.ts'
import css from './no-matter-choice.module.css'

const outcomes: readonly NoMatter[] = ['silent', 'wrongNumber', 'abuse']

/** The small choice of F9; it takes digits only while it has the focus, and goes when it loses it. */
export function NoMatterChoice() {
  const open = usePanels(({ noMatter }) => noMatter)
  return open ? <Choice /> : null
}

function Choice() {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)

  useEffect(() => {
    before.current = document.activeElement
    box.current?.focus()
  }, [])

  const leave = () => {
    closeNoMatter()
    if (before.current instanceof HTMLElement) before.current.focus()
  }
  const choose = (outcome: NoMatter) => {
    leave()
    if (canSettle()) void settleCall(outcome)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const outcome = outcomes[Number(event.key) - 1]
    if (outcome === undefined && event.key !== 'Escape') return
    event.preventDefault()
    if (outcome === undefined) leave()
    else choose(outcome)
  }
  return (
    <div
      ref={box}
      className={css.choice}
      role="group"
      aria-label={t('call.noMatter.title')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || closeNoMatter()}
    >
      <p>{t('call.noMatter.title')}</p>
      {outcomes.map((outcome, index) => (
        <button type="button" key={outcome} onClick={() => choose(outcome)}>
          {t(`call.noMatter.${outcome}`)} <kbd aria-hidden>{index + 1}</kbd>
        </button>
      ))}
      <small>{t('call.noMatter.hint')}</small>
    </div>
  )
}
