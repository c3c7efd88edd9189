import { useTranslation } from 'react-i18next'
import { StatusShape, type Shape } from '../../ui/status-shape.tsx'
import type { FormNote } from '../stores/form-note.ts'
import { useSaid } from './use-said.ts'
import css from './late-strip.module.css'

const shapes: Readonly<Record<FormNote['kind'], Shape>> = {
  kept: 'disc',
  taken: 'disc',
  settled: 'disc',
  followed: 'disc',
  left: 'half',
}

/** One line on what happened to the case without the operator's typing. */
export function NoteLine({ note }: { readonly note: FormNote }) {
  const { t } = useTranslation()
  const { who, when } = useSaid()
  const groups = note.groups.map((group) => t(`late.group.${group}`)).join(t('late.and'))
  const words =
    note.kind === 'followed' || note.kind === 'left'
      ? t(`late.${note.kind}`, { who: who(note.by), when: when(note.at), groups })
      : note.kind === 'settled'
        ? t('late.settled')
        : t(`late.${note.kind}`, { group: groups })
  return (
    <p className={css.note} role="status" data-testid="form-note" data-kind={note.kind} title={words}>
      <StatusShape shape={shapes[note.kind]} />
      <span>{words}</span>
    </p>
  )
}
