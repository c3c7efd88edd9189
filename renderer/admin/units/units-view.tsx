import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unitsListSchema, type AdminUnit } from '../../../shared/admin/units-page.ts'
import lineCss from '../../page/lines.module.css'
import { SearchField } from '../../page/search-field.tsx'
import tag from '../../ui/panel.module.css'
import { ListBeside } from '../list-beside.tsx'
import css from '../panel.module.css'
import { ReadFailure } from '../read-failure.tsx'
import { hrefTo } from '../route.ts'
import { useAsked } from '../../page/use-asked.ts'
import { findUnits } from './find-units.ts'
import { NewUnitPanel, UnitPanel } from './unit-panel.tsx'

/** The member units: all of them by district, and one of them. */
export function UnitsView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('admin')
  const asked = useAsked(unitsListSchema, '/admin/units')
  const [words, setWords] = useState('')
  return (
    <ListBeside
      view="units"
      label={t('units.list')}
      add={t('units.add')}
      item={item}
      list={
        <>
          <SearchField label={t('units.search')} hint={t('units.searchHint')} words={words} onSearch={setWords} />
          <ReadFailure failure={asked.failure} />
          {asked.value === null ? (
            asked.failure === null && <p className={lineCss.empty}>{t('loading')}</p>
          ) : (
            <Tree units={findUnits(asked.value.units, words)} chosen={item} />
          )}
        </>
      }
      fresh={<NewUnitPanel onChanged={asked.refresh} />}
      chosen={item !== null && <UnitPanel key={item} id={item} onChanged={asked.refresh} />}
    />
  )
}

type TreeProps = { readonly units: readonly AdminUnit[]; readonly chosen: string | null }

/** The city's own first, then each district, then those that are retired. */
function Tree({ units, chosen }: TreeProps) {
  const { t } = useTranslation('admin')
  const groups = Map.groupBy(units, ({ district, retired }) =>
    retired ? t('units.retiredGroup') : (district ?? t('units.city')),
  )
  const retired = groups.get(t('units.retiredGroup'))
  groups.delete(t('units.retiredGroup'))
  const ordered = [...groups, ...(retired === undefined ? [] : [[t('units.retiredGroup'), retired] as const])]
  if (units.length === 0) return <p className={lineCss.empty}>{t('units.none')}</p>
  return ordered.map(([name, some]) => (
    <section key={name} aria-label={name}>
      <h2 className={css.group}>
        {name} <span>{some.length}</span>
      </h2>
      <ul className={lineCss.lines}>
        {some.map((unit) => (
          <Line key={unit.id} unit={unit} chosen={unit.id === chosen} />
        ))}
      </ul>
    </section>
  ))
}

function Line({ unit, chosen }: { readonly unit: AdminUnit; readonly chosen: boolean }) {
  const { t } = useTranslation('admin')
  const numbers = unit.numbers.map(({ number, words }) => (words === '' ? number : `${words} ${number}`))
  return (
    <li>
      <a className={lineCss.line} href={hrefTo('units', unit.id)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>{unit.name}</b>
          <span>{unit.id}</span>
        </span>
        <span className={lineCss.place}>{numbers.join(' · ')}</span>
        <span className={lineCss.marks}>{unit.retired && <span className={tag.tag}>{t('units.retired')}</span>}</span>
      </a>
    </li>
  )
}
