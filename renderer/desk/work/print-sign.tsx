import { useTranslation } from 'react-i18next'
import { KeyButton } from '../keys/key-button.tsx'
import { keyShown } from '../keys/key-map.ts'
import css from './case-page.module.css'
import { printPage, usePrint } from './print-store.ts'

/** The keys of the paper, and what became of it. */
export function PrintSign() {
  const { t } = useTranslation()
  const { busy, outcome, failure } = usePrint()
  const words = busy
    ? t('work.print.busy')
    : failure === 'centralUnreachable'
      ? t('work.print.away')
      : failure !== null
        ? t('work.print.failed', { words: t(`error.${failure}`) })
        : outcome === null
          ? ''
          : t(`work.print.${outcome}`, { key: keyShown('savePdf') })
  return (
    <span className={css.print}>
      <small role="status" data-testid="print-outcome" data-bad={failure !== null || undefined}>
        {words}
      </small>
      <KeyButton id="printCase" disabled={busy} onPress={() => void printPage('paper')}>
        {t('work.print.act')}
      </KeyButton>
      <KeyButton id="savePdf" disabled={busy} onPress={() => void printPage('file')}>
        {t('work.print.file')}
      </KeyButton>
    </span>
  )
}
