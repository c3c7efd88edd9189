import { Button, Popover, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../ui/i18n.ts'
import { rememberLanguage } from '../ui/preferences.ts'
import { SchemeIcon } from '../ui/scheme-icon.tsx'
import { DeputyPanel } from './deputy/deputy-panel.tsx'
import css from './head.module.css'
import { refreshCase } from './case/case-store.ts'
import { refreshList, useUnitName } from './list/list-store.ts'
import { signOut, useSession } from './session/session-store.ts'

const schemes = ['auto', 'light', 'dark'] as const

/** Whose page this is, and what is hers alone. */
export function Head() {
  const { t } = useTranslation('portal')
  const me = useSession((session) => session.me)
  const unitName = useUnitName()
  return (
    <header className={css.head}>
      <b className={css.unit}>{me === null ? '' : unitName(me.unit)}</b>
      <span className={css.space} />
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
        <Button onClick={() => void signOut()}>{t('signOut')}</Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function SchemeToggle() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const words = t(`app.theme.${colorScheme}`)
  const next = schemes[(schemes.indexOf(colorScheme) + 1) % schemes.length] ?? 'auto'
  return (
    <button type="button" className={css.bare} aria-label={words} title={words} onClick={() => setColorScheme(next)}>
      <SchemeIcon scheme={colorScheme} />
    </button>
  )
}

function LanguageToggle() {
  const { t, i18n } = useTranslation()
  const next = i18n.language === 'zh' ? 'en' : 'zh'
  const change = () => {
    rememberLanguage(next)
    void changeLanguage(next)
  }
  return (
    <button type="button" className={css.bare} title={t('app.languageTitle')} onClick={change}>
      {t('app.language')}
    </button>
  )
}
