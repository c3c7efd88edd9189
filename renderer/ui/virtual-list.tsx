import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import css from './virtual-list.module.css'

type Props = {
  readonly count: number
  /** The height of each row, in px. */
  readonly rowHeight: number
  readonly chosen: number
  readonly label: string
  readonly id: string
  readonly testId: string
  /** Gives the row at a place, `id` and `style` as its element bears them. */
  readonly renderRow: (index: number, id: string) => ReactNode
  /** The rows that are drawn come near the end. */
  readonly onNearEnd: () => void
  readonly tabIndex?: number
  readonly onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void
  readonly after?: ReactNode
}

/** Drawn beyond what is seen, above and below; so many before the end the next page is asked for. */
const BEYOND = 6
const NEAR_END = 40

/** The id of a row's element, for whoever says which one is active. */
export const rowId = (id: string, index: number): string => `${id}-${index}`

type Seen = { readonly top: number; readonly height: number }

/** From which row on, in px, and how far it is seen; the same object while that is the same, so that nothing is drawn anew. */
function seenOf({ scrollTop, clientHeight }: HTMLElement, rowHeight: number, before: Seen): Seen {
  const top = Math.floor(scrollTop / rowHeight) * rowHeight
  return top === before.top && clientHeight === before.height ? before : { top, height: clientHeight }
}

/** A list of rows of one height of which only those are drawn that are seen: ten thousand cost as much as twenty. */
export function VirtualList({
  count,
  rowHeight,
  chosen,
  label,
  id,
  testId,
  renderRow,
  onNearEnd,
  after,
  ...box
}: Props) {
  const own = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState<Seen>({ top: 0, height: 0 })
  useLayoutEffect(() => {
    const element = own.current
    if (element === null) return
    const look = () => setSeen((before) => seenOf(element, rowHeight, before))
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [rowHeight])
  useLayoutEffect(() => {
    const element = own.current
    if (element === null) return
    const [above, below] = [chosen * rowHeight, (chosen + 1) * rowHeight]
    if (above < element.scrollTop) element.scrollTop = above
    else if (seen.height > 0 && below > element.scrollTop + seen.height) element.scrollTop = below - seen.height
  }, [chosen, rowHeight, seen.height])
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - BEYOND)
  const last = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + BEYOND)
  // Asked for once for each length that the list has had.
  const endOf = Math.max(last, chosen) > count - NEAR_END ? count : null
  useLayoutEffect(() => {
    if (endOf !== null) onNearEnd()
  }, [endOf, onNearEnd])
  return (
    <div
      ref={own}
      className={css.box}
      role="listbox"
      id={id}
      aria-label={label}
      aria-activedescendant={count > 0 ? rowId(id, chosen) : undefined}
      tabIndex={box.tabIndex ?? -1}
      data-testid={testId}
      onKeyDown={box.onKeyDown}
      onScroll={({ currentTarget }) => setSeen((before) => seenOf(currentTarget, rowHeight, before))}
    >
      <Spacer px={first * rowHeight} />
      {Array.from({ length: Math.max(0, last - first) }, (_, at) => renderRow(first + at, rowId(id, first + at)))}
      <Spacer px={Math.max(0, count - last) * rowHeight} />
      {after}
    </div>
  )
}

/** As high as the rows that are not drawn. An SVG has its height as an attribute: no inline style is let in. */
function Spacer({ px }: { readonly px: number }) {
  return px === 0 ? null : <svg className={css.spacer} width="1" height={px} aria-hidden />
}
