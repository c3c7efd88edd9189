import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleListSchema, peopleStates, type Person } from '../../../shared/admin/people-page.ts'
import { staffRoles } from '../../../shared/people/staff-role.ts'
import lineCss from '../../page/lines.module.css'
import { SearchField } from '../../page/search-field.tsx'
import tag from '../../ui/panel.module.css'
import { SelectField } from '../field.tsx'
import { ListBeside } from '../list-beside.tsx'
import css from '../panel.module.css'
import { ReadFailure } from '../read-failure.tsx'
import { hrefTo } from '../route.ts'
import { usePages, type Pages } from '../../page/use-pages.ts'
import { NewPersonPanel } from './new-person.tsx'
import { PersonPanel } from './person-panel.tsx'

type Filter = { readonly words: string; readonly role: string; readonly state: (typeof peopleStates)[number] }

function pathOf({ words, role, state }: Filter): string {
  const query = new URLSearchParams({ words, state, ...(role === '' ? {} : { role }) })
  return `/admin/people?${query}`
}

/** Who works here: the list, and one of them. */
export function PeopleView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('admin')
  const [filter, setFilter] = useState<Filter>({ words: '', role: '', state: 'active' })
  const list = usePages(peopleListSchema, pathOf(filter))
  return (
    <ListBeside
      view="people"
      label={t('people.list')}
      add={t('people.add')}
      item={item}
      list={
        <>
          <SearchField
            label={t('people.search')}
            hint={t('people.searchHint')}
            words={filter.words}
            onSearch={(words) => setFilter({ ...filter, words })}
          />
          <Filters filter={filter} onChange={setFilter} />
          <Lines list={list} chosen={item} />
        </>
      }
      fresh={<NewPersonPanel onChanged={list.refresh} />}
      chosen={item !== null && <PersonPanel key={item} staffNo={item} onChanged={list.refresh} />}
    />
  )
}

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const roles = staffRoles.map((role) => ({ value: role, words: common(`directory.role.${role}`) }))
  return (
    <div className={css.filters}>
      <SelectField
        bare
        label={t('people.role')}
        value={filter.role}
        choices={[{ value: '', words: t('people.all') }, ...roles]}
        onChange={(role) => onChange({ ...filter, role })}
      />
      <SelectField
        bare
        label={t('people.state')}
        value={filter.state}
        choices={peopleStates.map((state) => ({ value: state, words: t(`people.${state}`) }))}
        onChange={(value) => onChange({ ...filter, state: value === 'inactive' ? 'inactive' : 'active' })}
      />
    </div>
  )
}

type Listed = Pages<{ readonly people: readonly Person[]; readonly next: string | null }>

function Lines({ list, chosen }: { readonly list: Listed; readonly chosen: string | null }) {
  const { t } = useTranslation('admin')
  const people = list.pages?.flatMap((page) => page.people) ?? []
  return (
    <>
      <ReadFailure failure={list.failure} />
      {list.pages === null && list.failure === null && <p className={lineCss.empty}>{t('loading')}</p>}
      {list.pages !== null && people.length === 0 && <p className={lineCss.empty}>{t('people.none')}</p>}
      <ul className={lineCss.lines}>
        {people.map((person) => (
          <Line key={person.staffNo} person={person} chosen={person.staffNo === chosen} />
        ))}
      </ul>
      {list.more !== null && (
        <Button className={lineCss.more} onClick={list.more}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Line({ person, chosen }: { readonly person: Person; readonly chosen: boolean }) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const { staffNo, name, role, unit, unitName, team, line, lockedUntil } = person
  const where = [unitName ?? unit, team, line?.extension].filter((part) => part !== null && part !== undefined)
  return (
    <li>
      <a className={lineCss.line} href={hrefTo('people', staffNo)} aria-current={chosen ? 'true' : undefined}>
        <span className={lineCss.top}>
          <b>
            {name} · {staffNo}
          </b>
          <span>{common(`directory.role.${role}`)}</span>
        </span>
        {where.length > 0 && <span className={lineCss.place}>{where.join(' · ')}</span>}
        <span className={lineCss.marks}>
          {!person.active && <span className={tag.tag}>{t('people.inactive')}</span>}
          {lockedUntil !== null && (
            <span className={tag.tag} data-tone="bad">
              {t('people.locked')}
            </span>
          )}
        </span>
      </a>
    </li>
  )
}
