import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { memberUnitSchema } from '../../../shared/case/case-line.ts'
import { may } from '../../../shared/people/roles.ts'
import { waitingSchema, type Waiting } from '../../../shared/kb/article-life-page.ts'
import { ArticleList, everything, useArticleList, type Filter } from '../../page/kb/article-list.tsx'
import { ArticlePanel } from '../../page/kb/article-panel.tsx'
import { dropAllTyped } from '../../page/kb/article-typed.ts'
import type { KbPage } from '../../page/kb/kb-page.ts'
import pageCss from '../../page/kb/kb.module.css'
import { NewArticle } from '../../page/kb/new-article.tsx'
import { ListBeside } from '../list-beside.tsx'
import { goTo, hrefTo } from '../route.ts'
import { onSessionChange, useSession } from '../session.ts'
import { useAsked } from '../../page/use-asked.ts'
import { CarryPanel } from './carry-panel.tsx'
import { GapsPanel } from './gaps-panel.tsx'
import { TasksPanel } from './tasks-panel.tsx'

onSessionChange((change) => change === 'left' && dropAllTyped())

const unitsSchema = z.object({ units: z.array(memberUnitSchema) })
/** What is chosen instead of an article; no id has a space. */
const places = { tasks: ' tasks', gaps: ' gaps', carry: ' carry' } as const

/** The knowledge base as its editors work on it, and as an administrator looks at it. */
export function KbView({ item }: { readonly item: string | null }) {
  const { t } = useTranslation('articles')
  const role = useSession((session) => session.me?.role)
  const asked = useAsked(unitsSchema, '/units')
  const page: KbPage = {
    ...{ base: '/kb', party: 'editor', units: asked.value?.units ?? [] },
    looks: role === undefined || !may(role, 'articles.write'),
    hrefTo: (one) => hrefTo('kb', one),
    goTo: (one) => goTo('kb', one),
  }
  const list = useArticleList(page)
  const waiting = useAsked(waitingSchema, '/kb/waiting')
  const changed = () => {
    list.refresh()
    waiting.refresh()
  }
  return (
    <ListBeside
      view="kb"
      label={t('list')}
      add={page.looks ? null : t('add')}
      item={item}
      list={
        <>
          <Waits waiting={waiting.value} onNarrow={list.setFilter} />
          <nav className={pageCss.bar} aria-label={t('list')}>
            {(['tasks', 'gaps', 'carry'] as const).map((one) => (
              <a
                key={one}
                className={pageCss.link}
                href={hrefTo('kb', places[one])}
                aria-current={item === places[one] ? 'true' : undefined}
              >
                {t(`${one}.title`)}
                {one !== 'carry' && waiting.value !== null && ` ${waiting.value[one]}`}
              </a>
            ))}
          </nav>
          <ArticleList page={page} of={list} chosen={item} />
        </>
      }
      fresh={<NewArticle page={page} onChanged={changed} />}
      chosen={<Chosen page={page} item={item} onChanged={changed} />}
    />
  )
}

type WaitsProps = { readonly waiting: Waiting | null; readonly onNarrow: (filter: Filter) => void }

/** What waits for her, of each kind; its key shows just these. */
function Waits({ waiting, onNarrow }: WaitsProps) {
  const { t } = useTranslation('articles')
  if (waiting === null) return null
  const narrow = { review: { state: 'review' }, past: { expires: 'past' }, soon: { expires: 'soon' } } as const
  return (
    <div className={pageCss.bar} role="group" aria-label={t('waiting.label')}>
      {(['review', 'past', 'soon'] as const).map((one) => (
        <Button key={one} onClick={() => onNarrow({ ...everything, ...narrow[one] })}>
          {t(`waiting.${one}`, { number: waiting[one] })}
        </Button>
      ))}
    </div>
  )
}

type ChosenProps = { readonly page: KbPage; readonly item: string | null; readonly onChanged: () => void }

function Chosen({ page, item, onChanged }: ChosenProps) {
  if (item === null) return null
  if (item === places.tasks) return <TasksPanel page={page} onChanged={onChanged} />
  if (item === places.gaps) return <GapsPanel page={page} onChanged={onChanged} />
  if (item === places.carry) return <CarryPanel page={page} onChanged={onChanged} />
  return <ArticlePanel key={item} page={page} id={item} onChanged={onChanged} />
}
