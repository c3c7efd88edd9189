import { useTranslation } from 'react-i18next'
import { tableNames, type TableName } from '../../../shared/tables/tables.ts'
import { tableListSchema, type TableHead } from '../../../shared/tables/versions.ts'
import lineCss from '../../page/lines.module.css'
import workCss from '../../page/work.module.css'
import { dayAndTime } from '../../ui/format-time.ts'
import { ReadFailure } from '../read-failure.tsx'
import { hrefTo } from '../route.ts'
import { useAsked } from '../use-asked.ts'
import { TablePanel } from './table-panel.tsx'

const isTable = (item: string | null): item is TableName => tableNames.some((name) => name === item)

/** The rule tables: which version of each stands, and one of them. */
export function TablesView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('admin')
  const asked = useAsked(tableListSchema, '/tables')
  return (
    <>
      <div className={workCss.list}>
        <section className={lineCss.panel} aria-label={t('tables.list')}>
          <ReadFailure failure={asked.failure} />
          {asked.value === null && asked.failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
          <ul className={lineCss.lines}>
            {asked.value?.tables.map((head) => (
              <Line key={head.name} head={head} chosen={head.name === item} />
            ))}
          </ul>
        </section>
      </div>
      <div className={workCss.chosen}>
        {isTable(item) ? (
          <TablePanel key={item} name={item} onPublished={asked.refresh} />
        ) : (
          <p className={lineCss.empty}>{t(item === null ? 'choose' : 'refused.notFound')}</p>
        )}
      </div>
    </>
  )
}

function Line({ head, chosen }: { readonly head: TableHead; readonly chosen: boolean }) {
  const { t } = useTranslation('admin')
  const { name, version, author, at, why } = head
  return (
    <li>
      <a className={lineCss.line} href={hrefTo('tables', name)} aria-current={chosen ? 'true' : undefined}>
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
