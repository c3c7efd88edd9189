import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { attachmentTypes, MOST_FILES, type Attachment } from '../../../shared/unit/attachment.ts'
import { useCase } from '../case/case-store.ts'
import { FileLink } from '../case/file-link.tsx'
import { useFileWords } from '../failure-words.ts'
import { useSession } from '../session/session-store.ts'
import css from './act.module.css'
import { addFiles, dismissTroubles, removeFile, useFiles } from './file-store.ts'

/** Photos and papers that go along with what is being written. */
export function Files({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('portal')
  const input = useRef<HTMLInputElement>(null)
  const unit = useSession(({ me }) => me?.unit)
  const files = useCase((one) => one.files)
  const sending = useFiles((one) => one.sending)
  const unsent = files.filter((file) => file.sentAt === null && file.unit === unit)
  const choose = (list: FileList | null) => {
    void addFiles(caseId, [...(list ?? [])])
    // The same file, chosen once more, is a change again.
    if (input.current !== null) input.current.value = ''
  }
  return (
    <section className={css.files} aria-label={t('file.title')}>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('file.add')}
        accept={attachmentTypes.join(',')}
        onChange={(event) => choose(event.currentTarget.files)}
      />
      <div className={css.row}>
        <Button disabled={sending !== null} onClick={() => input.current?.click()}>
          {t('file.add')}
        </Button>
        <small className={css.quiet}>
          {sending === null ? t('file.hint', { most: MOST_FILES }) : t('file.sending', { name: sending })}
        </small>
      </div>
      <ul className={css.fileList}>
        {unsent.map((file) => (
          <Unsent key={file.attachmentId} caseId={caseId} file={file} />
        ))}
      </ul>
      <Troubles caseId={caseId} />
    </section>
  )
}

function Unsent({ caseId, file }: { readonly caseId: string; readonly file: Attachment }) {
  const { t } = useTranslation('portal')
  return (
    <li className={css.row}>
      <FileLink caseId={caseId} file={file} />
      <Button
        aria-label={t('file.remove', { name: file.name })}
        onClick={() => void removeFile(caseId, file.attachmentId, file.name)}
      >
        ×
      </Button>
    </li>
  )
}

function Troubles({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('portal')
  const troubles = useFiles((one) => one.troubles).filter((one) => one.caseId === caseId)
  const fileWords = useFileWords()
  if (troubles.length === 0) return null
  return (
    <div className={css.bad} role="alert">
      {troubles.map(({ id, name, failure }) => (
        <p key={id}>{t('file.failed', { name, words: fileWords(failure) })}</p>
      ))}
      <Button onClick={dismissTroubles}>{t('file.dismiss')}</Button>
    </div>
  )
}
