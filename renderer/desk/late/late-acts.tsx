import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyShown } from '../keys/key-map.ts'
import { settleLate } from '../stores/late-store.ts'
import css from './late-sides.module.css'

/** The two ways to settle a late edit, left and right as the values stand under or over them. */
export function LateActs({ id }: { readonly id: string }) {
  return (
    <div className={css.acts}>
      <Act id={id} verb="keep" />
      <Act id={id} verb="take" />
    </div>
  )
}

function Act({ id, verb }: { readonly id: string; readonly verb: 'keep' | 'take' }) {
  const { t } = useTranslation()
  return (
    <Button
      size="compact-sm"
      // A click leaves the cursor where the operator writes.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => void settleLate(id, verb === 'take')}
      rightSection={<kbd aria-hidden>{keyShown(verb === 'take' ? 'takeLate' : 'keepStanding')}</kbd>}
    >
      {t(`late.${verb}`)}
    </Button>
  )
}
