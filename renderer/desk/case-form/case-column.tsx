import { useTranslation } from 'react-i18next'
import panel from '../../ui/panel.module.css'
import { CaseForm } from './case-form.tsx'
import { FormFoot } from './form-foot.tsx'
import { FormHead } from './form-head.tsx'
import { SimilarList } from './similar-list.tsx'

/** The middle column: the case as it is being written. */
export function CaseColumn() {
  const { t } = useTranslation()
  return (
    <section className={panel.panel} aria-label={t('form.column')}>
      <FormHead />
      <SimilarList />
      <CaseForm />
      <FormFoot />
    </section>
  )
}
