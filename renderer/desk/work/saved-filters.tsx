import { useTranslation } from 'react-i18next'
import { TextInput } from '@mantine/core'
import { isComposing } from '../../ui/composing.ts'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { KeyButton } from '../keys/key-button.tsx'
import { dropFilter, keepFilter, nameFilter, takeFilter, useSearch } from './search-store.ts'
import css from './work.module.css'

/** The searches that have a name; Ctrl with a digit asks one of the first nine. */
export function SavedFilters() {
  const { t } = useTranslation()
  const { saved, naming } = useSearch()
  return (
    <div className={css.saved}>
      <span>{t('work.search.saved')}</span>
      {saved.length === 0 && <small>{t('work.search.noSaved')}</small>}
      {saved.map(({ name }, index) => (
        <span key={name} className={css.savedOne}>
          <button type="button" onClick={() => takeFilter(index)}>
            {name} {index < 9 && <kbd aria-hidden>Ctrl {index + 1}</kbd>}
          </button>
          <button
            type="button"
            aria-label={t('work.search.drop', { name })}
            title={t('work.search.drop', { name })}
            onClick={() => void dropFilter(name)}
          >
            ×
          </button>
        </span>
      ))}
      {naming === null ? (
        <KeyButton id="saveSearch" onPress={() => nameFilter('')}>
          {t('work.search.save')}
        </KeyButton>
      ) : (
        <Naming value={naming} />
      )}
    </div>
  )
}

function Naming({ value }: { readonly value: string }) {
  const { t } = useTranslation()
  const box = useFocusBack<HTMLInputElement>()
  return (
    <TextInput
      ref={box}
      aria-label={t('work.search.name')}
      placeholder={t('work.search.nameHint')}
      maxLength={20}
      className={css.naming}
      value={value}
      onChange={({ currentTarget }) => nameFilter(currentTarget.value)}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') void keepFilter()
        else if (event.key === 'Escape') nameFilter(null)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}
