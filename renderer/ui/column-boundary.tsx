import { Component, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './column-boundary.module.css'

type Props = { readonly column: string; readonly children: ReactNode }

/** Holds a crash inside its column: words and a retry key, the other columns live on. */
export class ColumnBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return <Broken column={this.props.column} onRetry={() => this.setState({ broken: false })} />
  }
}

function Broken({ column, onRetry }: { readonly column: string; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <section className={css.broken} role="alert">
      <strong>{t('boundary.broken', { column })}</strong>
      <span>{t('boundary.hint')}</span>
      <Button onClick={onRetry}>{t('boundary.retry')}</Button>
    </section>
  )
}
