import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import lineCss from '../page/lines.module.css'
import workCss from '../page/work.module.css'
import css from './panel.module.css'
import { goTo, NEW, type View } from './route.ts'

type Props = {
  readonly view: View
  /** What the list is called, and what its key to a new one says; null for who may add none. */
  readonly label: string
  readonly add: string | null
  /** Which one the address names; null for none. */
  readonly item: string | null
  readonly list: ReactNode
  /** The one that `item` names. */
  readonly chosen: ReactNode
  readonly fresh: ReactNode
}

/** A list with a key that adds to it, and beside it the one that was chosen, or a new one. */
export function ListBeside({ view, label, add, item, list, chosen, fresh }: Props) {
  const { t } = useTranslation('admin')
  return (
    <>
      <div className={workCss.list}>
        <section className={lineCss.panel} aria-label={label}>
          {add !== null && (
            <div className={css.bar}>
              <Button onClick={() => goTo(view, NEW)}>{add}</Button>
            </div>
          )}
          {list}
        </section>
      </div>
      <div className={workCss.chosen}>
        {item === null ? <p className={lineCss.empty}>{t('choose')}</p> : item === NEW && add !== null ? fresh : chosen}
      </div>
    </>
  )
}
