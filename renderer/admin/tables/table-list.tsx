import { useTranslation } from 'react-i18next'
import type { TableName } from '../../../shared/tables/tables.ts'
import { tableListSchema, type TableHead } from '../../../shared/tables/versions.ts'
import lineCss from '../../page/lines.module.css'
import workCss from '../../page/work.module.css'
import { dayAndTime } from '../../ui/format-time.ts'
import { ReadFailure } from '../read-failure.tsx'
import { hrefTo, type View } from '../route.ts'
import { useAsked } from '../../page/use-asked.ts'
import { TablePanel } from './table-panel.tsx'

type Props = {
  readonly view: View
  /** Those that the view shows. */
  readonly names: readonly TableName[]
  /** Which one the address names; null for none. */
  readonly item: string | null
}

/** Rule tables: which version of each stands, and one of them. */
export function TableList({ view, names, item }: Props) {
  const { t } = useTranslation('admin')
  const chosen = names.find((name) => name === item)
  const asked = useAsked(tableListSchema, '/tables')
  return (
    <>
      <div className={workCss.list}>
        <section className={lineCss.panel} aria-label={t(`nav.${view}`)}>
          <ReadFailure failure={asked.failure} />
          {asked.value === null && asked.failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
          <ul className={lineCss.lines}>
            {asked.value?.tables
              .filter(({ name }) => names.includes(name))
              .map((head) => (
                <Line key={head.name} view={view} head={head} chosen={head.name === chosen} />
              ))}
          </ul>
        </section>
      </div>
      <div className={workCss.chosen}>
        {chosen === undefined ? (
          <p className={lineCss.empty}>{t(item === null ? 'choose' : 'refused.notFound')}</p>
        ) : (
          <TablePanel key={chosen} view={view} name={chosen} onPublished={asked.refresh} />
        )}
      </div>
    </>
  )
}

type LineProps = { readonly view: View; readonly head: TableHead; readonly chosen: boolean }

function Line({ view, head, chosen }: LineProps) {
  const { t } = useTranslation('admin')
  const { name, version, author, at, why } = head
  return (
    <li>
      <a className={lineCss.line} href={hrefTo(view, name)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{t(`tables.names.${name}`)}</b>
          <span>{version === 0 ? t('tables.shipped') : t('tables.version', { version })}</span>
        </span>
        {at !== null && (
          <span className={lineCss.place}>
            {t('tables.by', { author, time: dayAndTime(at) })} · {why}
          </span>
        )}
      </a>
    </li>
  )
}
