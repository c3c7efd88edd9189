import { useTranslation } from 'react-i18next'
import type { Attachment } from '../../../shared/unit/attachment.ts'
import css from './case-page.module.css'

const KB = 1024

/** A file to be saved; central answers it as a download only. */
export function FileLink({ caseId, file }: { readonly caseId: string; readonly file: Attachment }) {
  const { t } = useTranslation('portal')
  return (
    <a className={css.file} href={`/cases/${caseId}/attachments/${file.attachmentId}`} download={file.name}>
      {file.name} <small>{t('file.size', { size: Math.ceil(file.size / KB) })}</small>
    </a>
  )
}
