import { useTranslation } from 'react-i18next'
import { playedStages } from '../../../shared/script/played.ts'
import type { Moment, ScriptBody } from '../../../shared/script/script.ts'
import type { Flaw } from '../../../shared/tables/flaw.ts'
import { SelectField } from '../field.tsx'
import { lookAtMoment, useScriptPlace } from './script-place.ts'

type Props = { readonly body: ScriptBody; readonly flaws: readonly Flaw[] }

/** The moments with something wrong: at their names, their waits, or in a sentence of theirs. */
export function flawedMoments({ sentences }: ScriptBody, flaws: readonly Flaw[]): ReadonlySet<string> {
  return new Set(
    flaws.flatMap(({ path: [part, at] }) => {
      if (part === 'sentences') return [sentences[Number(at)]?.when ?? '']
      return (part === 'names' || part === 'waits') && typeof at === 'string' ? [at] : []
    }),
  )
}

/** The choice of a moment, with how many sentences each has, and whether something is wrong there. */
export function MomentField({ body, flaws }: Props) {
  const { t, i18n } = useTranslation('admin')
  const { moment } = useScriptPlace()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const flawed = flawedMoments(body, flaws)
  const words = (one: Moment) => {
    const count = body.sentences.filter(({ when }) => when === one).length
    const said = t('script.momentWords', { name: body.names[one][language], count })
    return flawed.has(one) ? t('script.flawed', { words: said }) : said
  }
  return (
    <SelectField
      label={t('script.moment')}
      value={moment}
      choices={playedStages.map((one) => ({ value: one, words: words(one) }))}
      onChange={(value) => {
        const chosen = playedStages.find((one) => one === value)
        if (chosen !== undefined) lookAtMoment(chosen)
      }}
    />
  )
}
