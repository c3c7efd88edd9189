import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../ui/composing.ts'
import panel from '../../ui/panel.module.css'
import { DraftList } from '../call/draft-list.tsx'
import { keyShown } from '../keys/key-map.ts'
import { useDraft } from '../stores/draft-store.ts'
import { toggleCalls, toggleSync } from '../stores/panel-store.ts'
import { useSession } from '../stores/session-store.ts'
import { useSync } from '../stores/sync-store.ts'
import { CaseList } from './case-list.tsx'
import { refreshCounts, useCounts } from './counts-store.ts'
import { countOfPile, isLocal, mineList, pilesOf, showPile, useMine, type PileName } from './mine-store.ts'
import css from './mine.module.css'
import { goBack } from './work-store.ts'
import work from './work.module.css'

const LIST_ID = 'pile-cases'

/** How many are on a pile; null while central has not said. */
export function usePileCount(): (name: PileName) => number | null {
  const { states } = useCounts()
  const drafts = useDraft(({ listed, open }) => listed.filter(({ caseId }) => caseId !== open?.caseId).length)
  const owed = useSync(({ today }) => today?.callsOwed ?? null)
  const put = useSync(({ sync }) => (sync === null ? null : sync.refused + sync.late))
  return (name) => {
    if (!isLocal(name)) return countOfPile(name, states)
    return { drafts, callBacks: owed, refused: put }[name]
  }
}

/** My work: what is owed by kinds, and the cases of the chosen one. */
export function MyWork() {
  const { t } = useTranslation()
  const role = useSession(({ session }) => session?.operator.role)
  const staffNo = useSession(({ session }) => session?.operator.staffNo ?? '')
  const { pile } = useMine()
  const { states } = useCounts()
  const piles = pilesOf(role)
  const box = useRef<HTMLDivElement>(null)
  const first = piles[0]
  useEffect(() => {
    box.current?.focus()
    void refreshCounts()
    const shown = useMine.getState().pile ?? first
    if (shown !== undefined) showPile(shown, staffNo)
  }, [first, staffNo])
  const act = () => {
    if (pile === 'callBacks') toggleCalls()
    else if (pile === 'refused') toggleSync()
    else if (pile === 'drafts') box.current?.parentElement?.querySelector<HTMLElement>('[data-into] button')?.focus()
    else document.getElementById(LIST_ID)?.focus()
  }
  const press = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    if (ctrlKey || altKey || metaKey) return false
    const here = piles.indexOf(pile ?? 'drafts')
    const next = key === 'ArrowDown' ? piles[here + 1] : key === 'ArrowUp' ? piles[here - 1] : undefined
    if (next !== undefined) showPile(next, staffNo)
    else if (key === 'Enter' || key === 'ArrowRight') act()
    else return key === 'ArrowDown' || key === 'ArrowUp'
    return true
  }
  const leave = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'ArrowLeft') box.current?.focus()
    else if (event.key === 'Escape') goBack()
    else return
    event.preventDefault()
  }
  return (
    <section className={work.view} aria-label={t('work.tabs.mine')} data-testid="my-work" onKeyDown={leave}>
      <div className={css.columns}>
        <div
          ref={box}
          className={css.piles}
          role="listbox"
          aria-label={t('work.mine.piles')}
          aria-activedescendant={pile === null ? undefined : `pile-${pile}`}
          tabIndex={0}
          onKeyDown={(event) => {
            if (!isComposing(event.nativeEvent) && press(event)) event.preventDefault()
          }}
        >
          {piles.map((name) => (
            <Pile key={name} name={name} chosen={name === pile} onChoose={() => showPile(name, staffNo)} />
          ))}
          {states === null && <p className={css.away}>{t('work.mine.away')}</p>}
        </div>
        <div className={css.list} data-into>
          {pile !== null && <PileList name={pile} />}
        </div>
      </div>
      <div className={work.foot}>
        {t('work.mine.hint', { choose: keyShown('chooseCase'), into: `${keyShown('openPage')} / →` })}
      </div>
    </section>
  )
}

type PileProps = { readonly name: PileName; readonly chosen: boolean; readonly onChoose: () => void }

function Pile({ name, chosen, onChoose }: PileProps) {
  const { t } = useTranslation()
  const count = usePileCount()(name)
  const urgent = name === 'red' && count !== null && count > 0
  return (
    <div
      id={`pile-${name}`}
      role="option"
      aria-selected={chosen}
      className={css.pile}
      data-testid={`pile-${name}`}
      onMouseDown={onChoose}
    >
      <span>{t(`work.mine.${name}`)}</span>
      <b data-tone={urgent ? 'bad' : undefined}>{count ?? t('work.mine.unknown')}</b>
    </div>
  )
}

function PileList({ name }: { readonly name: PileName }) {
  const { t } = useTranslation()
  if (!isLocal(name))
    return (
      <CaseList list={mineList} id={LIST_ID} empty={{ words: t('work.mine.empty'), hint: t('work.mine.emptyHint') }} />
    )
  if (name === 'drafts')
    return (
      <>
        <p className={css.note}>{t('work.mine.draftsHint', { open: keyShown('openDraft') })}</p>
        <DraftList />
      </>
    )
  return (
    <div className={panel.empty}>
      <p>{t('work.mine.local', { key: keyShown(name === 'callBacks' ? 'calls' : 'sync') })}</p>
    </div>
  )
}
