import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../../ui/i18n.ts'
import { timeOfDay } from '../../ui/format-time.ts'
import { rememberLanguage } from '../../ui/preferences.ts'
import { useNow } from '../../ui/use-now.ts'
import { keyShown } from '../keys/key-map.ts'
import { toggleKeys, usePanels } from '../stores/panel-store.ts'
import { useMay } from '../stores/operator-may.ts'
import { useSession } from '../stores/session-store.ts'
import { LedgerSign } from '../ledger/ledger-sign.tsx'
import { WorkSign } from '../work/work-sign.tsx'
import { SoundSign } from '../sound/sound-sign.tsx'
import { TodaySign } from './call-list.tsx'
import { AwayChoice } from './away-choice.tsx'
import { SchemeIcon } from '../../ui/scheme-icon.tsx'
import { StaffMenu } from './staff-menu.tsx'
import { StatusPill } from './status-pill.tsx'
import { SyncSign } from './sync-sign.tsx'
import css from './header.module.css'

const schemes = ['auto', 'light', 'dark'] as const

/** The line above the columns: what the operator is doing, the day so far, what central knows. */
export function Header() {
  const { t } = useTranslation()
  const runtime = useSession(({ info }) => info?.runtime)
  return (
    <header className={css.header}>
      <h1 className={css.name}>{t('app.name')}</h1>
      {runtime === 'test' && (
        <span className={css.runtime} title={t('app.testRuntimeTitle')}>
          {t('app.testRuntime')}
        </span>
      )}
      <span className={css.status}>
        <StatusPill />
        <AwayChoice />
      </span>
      <TodaySign />
      <WorkSign />
      <LedgerSign />
      <span className={css.space} />
      <SoundSign />
      <SyncSign />
      <StaffMenu />
      <Clock />
      <HelpKey />
      <SchemeToggle />
      <LanguageToggle />
    </header>
  )
}

function Clock() {
  const now = useNow()
  return <time className={css.quiet}>{timeOfDay(now)}</time>
}

function HelpKey() {
  const { t } = useTranslation()
  const open = usePanels(({ keys }) => keys)
  return (
    <button
      type="button"
      className={css.bare}
      aria-expanded={open}
      onMouseDown={(event) => event.preventDefault()}
      onClick={toggleKeys}
    >
      {t('header.keys')} <kbd aria-hidden>{keyShown('help')}</kbd>
    </button>
  )
}

function SchemeToggle() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const may = useMay('theme')
  const words = may ? t(`app.theme.${colorScheme}`) : `${t(`app.theme.${colorScheme}`)} · ${t('app.byAdministrator')}`
  const next = schemes[(schemes.indexOf(colorScheme) + 1) % schemes.length] ?? 'auto'
  return (
    <button
      type="button"
      className={css.bare}
      aria-label={words}
      title={words}
      disabled={!may}
      onClick={() => setColorScheme(next)}
    >
      <SchemeIcon scheme={colorScheme} />
    </button>
  )
}

function LanguageToggle() {
  const { t, i18n } = useTranslation()
  const may = useMay('language')
  const words = t(may ? 'app.languageTitle' : 'app.byAdministrator')
  const other = i18n.language === 'en' ? 'zh' : 'en'
  const change = () => {
    rememberLanguage(other)
    void changeLanguage(other)
  }
  return (
    <button type="button" className={css.bare} title={words} disabled={!may} onClick={change}>
      {t('app.language')}
    </button>
  )
}
