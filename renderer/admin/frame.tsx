import { Button, Popover } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { may } from '../../shared/people/roles.ts'
import headCss from '../page/head.module.css'
import { OwnPassword } from '../page/password.tsx'
import { LanguageToggle, SchemeToggle } from '../page/toggles.tsx'
import workCss from '../page/work.module.css'
import css from './frame.module.css'
import { AuditView } from './audit/audit-view.tsx'
import { DesksView } from './desks/desks-view.tsx'
import { KbView } from './kb/kb-view.tsx'
import { OutboxView } from './outbox/outbox-view.tsx'
import { PeopleView } from './people/people-view.tsx'
import { RolesView } from './roles/roles-view.tsx'
import { hrefTo, usePlace, views, type View } from './route.ts'
import { ScriptView } from './script/script-view.tsx'
import { signOut, useSession } from './session.ts'
import { SynonymsView } from './synonyms/synonyms-view.tsx'
import { SystemsView } from './systems/systems-view.tsx'
import { TablesView } from './tables/tables-view.tsx'
import { UnitsView } from './units/units-view.tsx'

const allViews = Object.keys(views) as View[]
const shown = {
  people: PeopleView,
  units: UnitsView,
  desks: DesksView,
  script: ScriptView,
  outbox: OutboxView,
  systems: SystemsView,
  tables: TablesView,
  kb: KbView,
  synonyms: SynonymsView,
  audit: AuditView,
  roles: RolesView,
} as const satisfies Record<View, unknown>

/** The head with the tabs, and the view that is open; whoever may not use a view does not see its tab. */
export function Frame() {
  const { t } = useTranslation('admin')
  const me = useSession((session) => session.me)
  const open = allViews.filter((view) => me !== null && may(me.role, views[view]))
  const place = usePlace()
  const view = place.view !== null && open.includes(place.view) ? place.view : open[0]
  const item = view === place.view ? place.item : null
  useEffect(() => {
    document.title = t('title')
  }, [t])
  const Shown = view === undefined ? null : shown[view]
  return (
    <div className={workCss.work} data-open={item !== null || undefined}>
      <a className={workCss.skip} href="#content" onClick={skipToContent}>
        {t('skip')}
      </a>
      <header className={`${headCss.head} ${css.head}`}>
        <h1 className={css.title}>{t('title')}</h1>
        <nav className={css.tabs} aria-label={t('nav.label')}>
          {open.map((one) => (
            <a key={one} className={css.tab} href={hrefTo(one)} aria-current={one === view ? 'page' : undefined}>
              {t(`nav.${one}`)}
            </a>
          ))}
        </nav>
        <span className={headCss.space} />
        <PersonMenu />
        <SchemeToggle />
        <LanguageToggle />
      </header>
      <main className={workCss.columns} id="content" tabIndex={-1}>
        {Shown !== null && <Shown key={view} item={item} />}
      </main>
    </div>
  )
}

function PersonMenu() {
  const { t } = useTranslation('admin')
  const [open, setOpen] = useState(false)
  const me = useSession((session) => session.me)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <button type="button" className={headCss.bare} aria-expanded={open} onClick={() => setOpen(!open)}>
          {me?.name}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={headCss.menu} aria-label={me?.name ?? ''}>
        <p className={headCss.number}>
          {me?.name} · {me?.staffNo}
        </p>
        <OwnPassword />
        <Button onClick={() => void signOut()}>{t('signOut')}</Button>
      </Popover.Dropdown>
    </Popover>
  )
}

/** What stands after the # says which view is open: the link only moves the focus. */
function skipToContent(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
