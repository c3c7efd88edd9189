import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { narrows } from '../../../shared/kb/hit.ts'
import { keyShown } from '../keys/key-map.ts'
import { setScope, useKnowledge } from './knowledge-store.ts'
import { narrowToDistrict, narrowToUnit } from './narrowing.ts'
import css from './scope-sign.module.css'

/** A key with Ctrl in the search: U narrows to a unit, D to a district, each once more back. */
export function pressNarrowing(event: KeyboardEvent): void {
  const press = { u: narrowToUnit, d: narrowToDistrict }[event.key.toLowerCase()]
  if (press === undefined || event.shiftKey) return
  event.preventDefault()
  press()
}

/** What narrows the search, each with the key that takes it away; nothing where all is searched. */
export function ScopeSign() {
  const { t } = useTranslation()
  const scope = useKnowledge((all) => all.scope)
  if (!narrows(scope)) return null
  const { unit, district } = scope
  return (
    <div
      className={css.sign}
      role="group"
      aria-label={t('knowledge.narrowed')}
      onMouseDown={(event) => event.preventDefault()}
    >
      <span>{t('knowledge.narrowed')}</span>
      {district !== null && (
        <button type="button" onClick={() => setScope({ ...scope, district: null })}>
          {district} ✕ <kbd aria-hidden>{keyShown('narrowDistrict')}</kbd>
        </button>
      )}
      {unit !== null && (
        <button type="button" onClick={() => setScope({ ...scope, unit: null })}>
          {unit} ✕ <kbd aria-hidden>{keyShown('narrowUnit')}</kbd>
        </button>
      )}
    </div>
  )
}
