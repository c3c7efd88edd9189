import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keyShown } from '../keys/key-map.ts'
import { useSync } from '../stores/sync-store.ts'
import { CasePagePanel } from './case-page-panel.tsx'
import { MyWork } from './my-work.tsx'
import { SearchPanel } from './search-panel.tsx'
import { searchList } from './search-store.ts'
import { loadUnits } from './units-store.ts'
import css from './work.module.css'
import { goBack, leaveWork, toggleList, useWork, type WorkView as View } from './work-store.ts'

/** Asks again what this desk answered by itself, when central or the store is back. */
function useAgain(): void {
  useEffect(
    () =>
      useSync.subscribe(({ sync, services }, before) => {
        const back = sync?.central === 'reachable' && before.sync?.central !== 'reachable'
        const storeBack = services.store.state === 'up' && before.services.store.state === 'down'
        const { from, failure, query } = searchList.use.getState()
        if (query !== null && ((back && from === 'desk') || ((back || storeBack) && failure !== null)))
          searchList.again()
      }),
    [],
  )
}

/** The focus goes back to the form when it is asked for there: then the form is in front. */
function useYield(box: React.RefObject<HTMLDivElement | null>, shown: View | null): void {
  useEffect(() => {
    if (shown === null) return
    const onFocus = ({ target }: FocusEvent) => {
      const own = box.current
      if (own === null || !(target instanceof Node) || own.contains(target)) return
      // The columns that are covered are the siblings after the first, the call's, which stays in sight.
      const covered = [...(own.parentElement?.children ?? [])].slice(1).some((part) => part.contains(target))
      if (covered) leaveWork()
    }
    document.addEventListener('focusin', onFocus)
    return () => document.removeEventListener('focusin', onFocus)
  }, [box, shown])
}

/** The work on cases after their call, over the form: a running call and the open draft are not touched. */
export function WorkView() {
  const { t } = useTranslation()
  const { shown } = useWork()
  const box = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)
  useAgain()
  useYield(box, shown)
  useEffect(() => {
    if (shown === null) return
    before.current ??= document.activeElement
    void loadUnits()
  }, [shown])
  useEffect(() => {
    if (shown !== null || before.current === null) return
    // Whatever led the focus on already knows better.
    const was = before.current
    before.current = null
    if (document.activeElement === document.body && was instanceof HTMLElement && was.isConnected) was.focus()
  }, [shown])
  if (shown === null) return null
  return (
    <div ref={box} className={css.over} data-testid="work-view">
      <nav className={css.tabs} aria-label={t('work.sign')}>
        <Tab view="search" shown={shown}>
          {t('work.tabs.search')} <kbd aria-hidden>{keyShown('findCases')}</kbd>
        </Tab>
        <Tab view="mine" shown={shown}>
          {t('work.tabs.mine')} <kbd aria-hidden>{keyShown('myWork')}</kbd>
        </Tab>
        <span className={css.space} />
        <button type="button" onClick={goBack}>
          {t('work.back')} <kbd aria-hidden>Esc</kbd>
        </button>
      </nav>
      {shown === 'search' ? <SearchPanel /> : shown === 'mine' ? <MyWork /> : <CasePagePanel />}
    </div>
  )
}

type TabProps = { readonly view: 'search' | 'mine'; readonly shown: View; readonly children: React.ReactNode }

function Tab({ view, shown, children }: TabProps) {
  const { from } = useWork()
  const current = shown === view || (shown === 'page' && from === view)
  return (
    <button type="button" aria-current={current} onClick={() => shown !== view && toggleList(view)}>
      {children}
    </button>
  )
}
