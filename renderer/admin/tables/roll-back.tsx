import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tableVersionSchema, type TableHead, type TableVersion } from '../../../shared/tables/versions.ts'
import { ask } from '../../page/api.ts'
import { OutcomeWords, type Outcome } from '../outcome.tsx'

type Props = {
  readonly head: TableHead
  readonly standing: TableVersion
  readonly onPublished: (version: TableVersion) => void
  /** Another version stands by now: it is to be read. */
  readonly onOutdated: () => void
}

/** Back to an older version in two keys: the first asks, the second publishes its body anew, with that as the reason. */
export function RollBack({ head: { name, version }, standing, onPublished, onOutdated }: Props) {
  const { t } = useTranslation('admin')
  const [asked, setAsked] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const goBack = async () => {
    const old = await ask(tableVersionSchema, `/tables/${name}?version=${version}`)
    if (!old.ok) return setOutcome({ failure: old.error })
    const why = version === 0 ? t('tables.backWhyShipped') : t('tables.backWhy', { version })
    const json = { base: standing.version, body: old.value.body, why }
    const answer = await ask(tableVersionSchema, `/tables/${name}`, { method: 'PUT', json })
    if (answer.ok) return onPublished(answer.value)
    if (answer.error.code === 'outdated') onOutdated()
    setOutcome({ failure: answer.error })
  }
  const press = () => {
    setAsked(!asked)
    if (asked) void goBack()
  }
  return (
    <>
      <Button
        variant={asked ? 'filled' : 'default'}
        // A key that is held down is one key.
        onKeyDown={(event) => event.repeat && event.preventDefault()}
        onBlur={() => setAsked(false)}
        onClick={press}
      >
        {asked ? t('tables.backSure') : t('tables.back')}
      </Button>
      {outcome !== null && <OutcomeWords outcome={outcome} />}
    </>
  )
}
