import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { SCHEME } from '../ui/preferences.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import type { PageSession } from './session.ts'

const schemes = localStorageColorSchemeManager({ key: SCHEME })
/** The page's policy lets in only the styles that carry the nonce of this answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? ''

type Props = {
  readonly state: PageSession<unknown>['state']
  readonly signIn: ReactNode
  readonly children: ReactNode
}

/** A page in a browser: the sign-in, or the work; both where a session expired in the midst of it. */
export function PageRoot({ state, signIn, children }: Props) {
  const working = state === 'signedIn' || state === 'expired'
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {working && <div inert={state === 'expired'}>{children}</div>}
      {(state === 'signedOut' || state === 'expired') && signIn}
    </MantineProvider>
  )
}
