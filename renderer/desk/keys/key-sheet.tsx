import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { closeKeys, usePanels } from '../stores/panel-store.ts'
import { keyMap, keyShown, type KeyGroup } from './key-map.ts'
import css from './key-sheet.module.css'

const groups: readonly KeyGroup[] = ['call', 'form', 'knowledge', 'desk', 'work']

/** All keys at a glance, beside the work: it takes no focus and holds up no key. */
export function KeySheet() {
  const { t } = useTranslation()
  const open = usePanels(({ keys }) => keys)
  useEffect(() => {
    if (!open) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      closeKeys()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [open])
  if (!open) return null
  return (
    <aside className={css.sheet} aria-label={t('keys.title')}>
      <h2>
        {t('keys.title')}
        <button type="button" onClick={closeKeys}>
          {t('keys.close')} <kbd aria-hidden>{keyShown('help')}</kbd> <kbd aria-hidden>Esc</kbd>
        </button>
      </h2>
      {groups.map((group) => (
        <section key={group}>
          <h3>{t(`keys.groups.${group}`)}</h3>
          <dl>
            {keyMap
              .filter((binding) => binding.group === group)
              .map(({ id, shown }) => (
                <div key={id}>
                  <dt>{t(`keys.name.${id}`)}</dt>
                  <dd>
                    <kbd>{shown}</kbd>
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </aside>
  )
}
