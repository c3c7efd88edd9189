import { useTranslation } from 'react-i18next'
import { emergencyNumbers } from '../../../shared/call/dial-plan.ts'
import type { EmergencyWord } from '../../../shared/script/emergency-words.ts'
import type { ForbiddenWord } from '../../../shared/script/forbidden.ts'
import { SelectField, TextField } from '../field.tsx'
import type { EditorProps } from '../tables/editor-props.ts'
import { WordsEditor, type WordProps } from './words-editor.tsx'

const freshForbidden: ForbiddenWord = { word: '', why: 'never', better: null, except: [] }
const reasons = ['never', 'secret'] as const

/** What no reply holds: words that are not said, each with a better wording, and what is not told outside. */
export function ForbiddenWordsEditor({ body: { words }, flaws, onChange }: EditorProps<'forbiddenWords'>) {
  const { t } = useTranslation('admin')
  return (
    <WordsEditor
      note={t('script.forbiddenNote')}
      words={words}
      flaws={flaws}
      fresh={freshForbidden}
      texts={({ word, better, why }) => [word, better ?? '', t(`script.why.${why}`)]}
      fields={ForbiddenFields}
      onChange={(next) => onChange({ words: next })}
    />
  )
}

function ForbiddenFields({ word, onChange }: WordProps<ForbiddenWord>) {
  const { t } = useTranslation('admin')
  return (
    <>
      <SelectField
        label={t('script.whyLabel')}
        value={word.why}
        choices={reasons.map((why) => ({ value: why, words: t(`script.why.${why}`) }))}
        onChange={(why) => onChange({ ...word, why: why === 'secret' ? 'secret' : 'never' })}
      />
      <TextField
        label={t('script.better')}
        value={word.better ?? ''}
        maxLength={120}
        onChange={(better) => onChange({ ...word, better: better === '' ? null : better })}
      />
    </>
  )
}

const freshEmergency: EmergencyWord = { word: '', service: '110', except: [] }

/** By which words a danger is noticed, and who is brought in for it. */
export function EmergencyWordsEditor({ body: { words }, flaws, onChange }: EditorProps<'emergencyWords'>) {
  const { t } = useTranslation('admin')
  return (
    <WordsEditor
      note={t('script.emergencyNote')}
      words={words}
      flaws={flaws}
      fresh={freshEmergency}
      texts={({ word, service }) => [word, service]}
      fields={EmergencyFields}
      onChange={(next) => onChange({ words: next })}
    />
  )
}

function EmergencyFields({ word, onChange }: WordProps<EmergencyWord>) {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  const words = (service: EmergencyWord['service']) => `${service} ${common(`dial.services.${service}`)}`
  return (
    <SelectField
      label={t('script.service')}
      value={word.service}
      choices={emergencyNumbers.map((service) => ({ value: service, words: words(service) }))}
      onChange={(value) =>
        onChange({ ...word, service: emergencyNumbers.find((one) => one === value) ?? word.service })
      }
    />
  )
}
