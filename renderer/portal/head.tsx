import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from '../page/head.module.css'
import { OwnPassword } from '../page/password.tsx'
import { LanguageToggle, SchemeToggle } from '../page/toggles.tsx'
import { DeputyPanel } from './deputy/deputy-panel.tsx'
import { refreshCase } from './case/case-store.ts'
import { refreshList, useUnitName } from './list/list-store.ts'
import { articlesHref, useOpenArticle } from './route.ts'
import { signOut, useSession } from './session/session-store.ts'

/** Whose page this is, and what is hers alone. */
export function Head() {
  const { t } = useTranslation('portal')
  const me = useSession((session) => session.me)
  const unitName = useUnitName()
  const atArticles = useOpenArticle() !== undefined
  return (
    <header className={css.head}>
      <b className={css.unit}>{me === null ? '' : unitName(me.unit)}</b>
      <nav className={css.places} aria-label={t('places.label')}>
        <a href="#/" aria-current={atArticles ? undefined : 'page'}>
          {t('places.cases')}
        </a>
        <a href={articlesHref()} aria-current={atArticles ? 'page' : undefined}>
          {t('places.articles')}
        </a>
      </nav>
      <span className={css.space} />
      {!atArticles && (
        <button
          type="button"
          className={css.bare}
          onClick={() => {
            void refreshList()
            void refreshCase()
          }}
        >
          {t('refresh')}
        </button>
      )}
      <PersonMenu />
      <SchemeToggle />
      <LanguageToggle />
    </header>
  )
}

function PersonMenu() {
  const { t } = useTranslation('portal')
  const [open, setOpen] = useState(false)
  const me = useSession((session) => session.me)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width="min(340px, 92vw)" trapFocus>
      <Popover.Target>
        <button type="button" className={css.bare} aria-expanded={open} onClick={() => setOpen(!open)}>
          {me?.name}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css.menu} aria-label={me?.name ?? ''}>
        <p className={css.number}>
          {me?.name} · {me?.staffNo}
        </p>
        <DeputyPanel />
        <OwnPassword />
        <Button onClick={() => void signOut()}>{t('signOut')}</Button>
      </Popover.Dropdown>
    </Popover>
  )
}
