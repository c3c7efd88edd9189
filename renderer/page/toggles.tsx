import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../ui/i18n.ts'
import { rememberLanguage } from '../ui/preferences.ts'
import { SchemeIcon } from '../ui/scheme-icon.tsx'
import css from './head.module.css'

const schemes = ['auto', 'light', 'dark'] as const

/** By the system, light or dark. */
export function SchemeToggle() {
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

export function LanguageToggle() {
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
