import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CasePage } from '../../../shared/case/case-page.ts'
import type { StepWords } from '../../../shared/case/step-words.ts'
import { maskNumber } from '../../../shared/phone-number.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { monthDay, timeOfDay } from '../../ui/format-time.ts'
import { useSession } from '../stores/session-store.ts'
import { takable, visitable } from './open-steps.ts'
import { editStep, stepFieldId } from './step-store.ts'

type Props = {
  readonly page: CasePage
  readonly words: StepWords
  readonly locked: boolean
  readonly invalid: boolean
}

/** Who of those that called is visited, or is taken out: each is owed her own reply. */
export function CallerField({ page, words, locked, invalid }: Props) {
  const { t } = useTranslation()
  const staffNo = useSession(({ session }) => session?.operator.staffNo ?? '')
  const role = useSession(({ session }) => session?.operator.role)
  const offered = words.type === 'takeOut' ? takable(page.record, role, staffNo) : visitable(page.record, staffNo)
  const open = new Set(offered.map(({ callerId }) => callerId))
  const calls = page.calls.filter(({ callerId }) => open.has(callerId) || callerId === words.caller)
  return (
    <NativeSelect
      id={stepFieldId('caller')}
      value={words.caller ?? ''}
      error={invalid}
      disabled={locked}
      data={[
        ...(words.type === 'takeOut' && words.caller === null ? [{ value: '', label: '—' }] : []),
        ...calls.map(({ callerId, caller, at }) => {
          const who =
            caller === null ? t('work.page.secretShort') : `${plainLine(caller.name, 20)} ${maskNumber(caller.phone)}`
          return { value: callerId ?? '', label: `${who} · ${monthDay(at)} ${timeOfDay(at)}` }
        }),
      ]}
      onChange={({ currentTarget }) => editStep({ caller: currentTarget.value === '' ? null : currentTarget.value })}
    />
  )
}
