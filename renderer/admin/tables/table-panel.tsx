import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readBody, type TableName } from '../../../shared/tables/tables.ts'
import { tableVersionSchema, type TableVersion } from '../../../shared/tables/versions.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { AskedPanel, PanelHead } from '../asked-panel.tsx'
import css from '../panel.module.css'
import type { View } from '../route.ts'
import { PlayedCall } from '../script/played-call.tsx'
import { useAsked } from '../../page/use-asked.ts'
import { changeDraft, emptyDraft, useDrafts } from './draft-store.ts'
import { PublishBox } from './publish-box.tsx'
import { TableEditor } from './table-editor.tsx'
import { TableVersions } from './table-versions.tsx'

const parts = ['edit', 'versions'] as const
/** The script is played as well. */
const scriptParts = ['edit', 'play', 'versions'] as const
type Part = (typeof scriptParts)[number]
type Props = { readonly view: View; readonly name: TableName; readonly onPublished: () => void }

/** One table: as it stands and is being changed, or all its versions. */
export function TablePanel({ view, name, onPublished }: Props) {
  const asked = useAsked(tableVersionSchema, `/tables/${name}`)
  /** What was published here, until central is asked again. */
  const [published, setPublished] = useState<TableVersion | null>(null)
  const take = (version: TableVersion) => {
    setPublished(version)
    onPublished()
  }
  return (
    <AskedPanel asked={asked}>
      {(told) => {
        const standing = published !== null && published.version > told.version ? published : told
        return <Chosen view={view} name={name} standing={standing} onPublished={take} onOutdated={asked.refresh} />
      }}
    </AskedPanel>
  )
}

type ChosenProps = Pick<Props, 'view' | 'name'> & {
  readonly standing: TableVersion
  readonly onPublished: (version: TableVersion) => void
  readonly onOutdated: () => void
}

function Chosen({ view, name, standing, onPublished, onOutdated }: ChosenProps) {
  const { t } = useTranslation('admin')
  const [part, setPart] = useState<Part>('edit')
  const draft = useDrafts((all) => all[name]) ?? emptyDraft(standing)
  return (
    <div className={css.panel}>
      <PanelHead view={view} title={t(`tables.names.${name}`)} />
      <Segmented
        id="table-part"
        label={t(`tables.names.${name}`)}
        values={name === 'script' ? scriptParts : parts}
        value={part}
        words={(one) => t(`tables.${one}`)}
        onChange={setPart}
      />
      {part === 'play' && <Played body={draft.body} />}
      {part === 'versions' && (
        <TableVersions
          name={name}
          standing={standing}
          onPublished={onPublished}
          onOutdated={onOutdated}
          onBack={(body) => {
            changeDraft(name, standing, { base: standing.version, body, text: null })
            setPart('edit')
          }}
        />
      )}
      {part === 'edit' && (
        <>
          <TableEditor name={name} draft={draft} onChange={(change) => changeDraft(name, standing, change)} />
          <PublishBox name={name} draft={draft} standing={standing} onPublished={onPublished} onOutdated={onOutdated} />
        </>
      )}
    </div>
  )
}

/** The script as it is written, where it can be played already. */
function Played({ body }: { readonly body: unknown }) {
  const { t } = useTranslation('admin')
  const script = readBody('script', body)
  return script === null ? <p className={css.note}>{t('script.notPlayable')}</p> : <PlayedCall body={script} />
}
