import { useTranslation } from 'react-i18next'
import type { LateEdit } from '../../../shared/case/late-edit.ts'
import { languageOf } from '../../ui/i18n.ts'
import { groupWords } from './group-words.ts'
import { markDifference, type Marked } from './text-difference.ts'
import { useSaid } from './use-said.ts'
import css from './late-sides.module.css'

/** Both values beside each other, whose they are and since when, what differs marked. */
export function LateSides({ entry: { late, standing, offered } }: { readonly entry: LateEdit }) {
  const { t, i18n } = useTranslation()
  const language = languageOf(i18n)
  const [stands, came] = markDifference(
    groupWords(late.group, { parts: standing.parts, other: offered.parts }, t, language),
    groupWords(late.group, { parts: offered.parts, other: standing.parts }, t, language),
  )
  return (
    <div className={css.sides}>
      <Side title={t('late.standing')} side={standing} words={stands} testId="late-standing" />
      <Side title={t('late.offered')} side={offered} words={came} testId="late-offered" />
    </div>
  )
}

type SideProps = {
  readonly title: string
  readonly side: LateEdit['standing']
  readonly words: Marked
  readonly testId: string
}

function Side({ title, side, words, testId }: SideProps) {
  const { who, when } = useSaid()
  return (
    <div className={css.side} data-testid={testId}>
      <div className={css.title}>
        <b>{title}</b> · {who(side.by)} <time>{when(side.at)}</time>
      </div>
      <p className={css.words}>
        {words.before}
        {words.changed !== '' && <mark>{words.changed}</mark>}
        {words.after}
      </p>
    </div>
  )
}
