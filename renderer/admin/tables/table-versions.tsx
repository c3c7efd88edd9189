import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { diffTable } from '../../../shared/tables/diff.ts'
import type { TableName } from '../../../shared/tables/tables.ts'
import {
  tableVersionSchema,
  tableVersionsSchema,
  type TableHead,
  type TableVersion,
} from '../../../shared/tables/versions.ts'
import { dayAndTime } from '../../ui/format-time.ts'
import { AskedPanel } from '../asked-panel.tsx'
import css from '../panel.module.css'
import { useAsked } from '../../page/use-asked.ts'
import { Changes } from './changes.tsx'
import { RollBack } from './roll-back.tsx'
import tableCss from './tables.module.css'

type Props = {
  readonly name: TableName
  readonly standing: TableVersion
  /** An older body becomes the draft. */
  readonly onBack: (body: unknown) => void
  readonly onPublished: (version: TableVersion) => void
  readonly onOutdated: () => void
}

/** All versions, the newest first: who, when, why, how each differs from what stands; and the way back to it. */
export function TableVersions({ name, standing, onBack, onPublished, onOutdated }: Props) {
  const { t } = useTranslation('admin')
  const asked = useAsked(tableVersionsSchema, `/tables/${name}/versions`)
  const published = (version: TableVersion) => {
    asked.refresh()
    onPublished(version)
  }
  const [open, setOpen] = useState<number | null>(null)
  return (
    <AskedPanel asked={asked}>
      {({ versions }) => (
        <ul className={tableCss.versions}>
          {versions.map((head) => (
            <li key={head.version}>
              <Head head={head} />
              {head.version === standing.version ? (
                <span className={css.note}>{t('tables.standing')}</span>
              ) : (
                <div className={css.row}>
                  <Button
                    aria-expanded={open === head.version}
                    onClick={() => setOpen(open === head.version ? null : head.version)}
                  >
                    {t('tables.look')}
                  </Button>
                  <RollBack head={head} standing={standing} onPublished={published} onOutdated={onOutdated} />
                </div>
              )}
              {open === head.version && <Old head={head} standing={standing} onBack={onBack} />}
            </li>
          ))}
        </ul>
      )}
    </AskedPanel>
  )
}

function Head({ head: { version, author, at, why } }: { readonly head: TableHead }) {
  const { t } = useTranslation('admin')
  return (
    <div>
      <b>{version === 0 ? t('tables.shipped') : t('tables.version', { version })}</b>
      {at !== null && (
        <p className={css.note}>
          {t('tables.by', { author, time: dayAndTime(at) })} · {why}
        </p>
      )}
    </div>
  )
}

type OldProps = Pick<Props, 'standing' | 'onBack'> & { readonly head: TableHead }

function Old({ head: { name, version }, standing, onBack }: OldProps) {
  const { t } = useTranslation('admin')
  const asked = useAsked(tableVersionSchema, `/tables/${name}?version=${version}`)
  return (
    <AskedPanel asked={asked}>
      {({ body }) => (
        <div className={css.section}>
          <h3>{t('tables.changesOf', { version: standing.version })}</h3>
          <Changes changes={diffTable(standing.body, body)} />
          <p className={css.note}>{t('tables.goBackNote')}</p>
          <div className={css.row}>
            <Button onClick={() => onBack(body)}>{t('tables.goBack')}</Button>
          </div>
        </div>
      )}
    </AskedPanel>
  )
}
