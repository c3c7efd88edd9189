import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { SCHEME } from '../ui/preferences.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import { SignIn } from './session/sign-in.tsx'
import { useSession } from './session/session-store.ts'
import { Work } from './work.tsx'

const schemes = localStorageColorSchemeManager({ key: SCHEME })
/** The page's policy lets in only the styles that carry the nonce of this answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? ''

/** The page: the sign-in, or the work; both where a session expired in the midst of it. */
export function Portal() {
  const { state, me } = useSession()
  const working = state === 'signedIn' || state === 'expired'
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {working && (
        <div inert={state === 'expired'}>
          {/* Whoever signs in over another's expired session begins anew, with her own rights. */}
          <Work key={me?.staffNo} />
        </div>
      )}
      {(state === 'signedOut' || state === 'expired') && <SignIn />}
    </MantineProvider>
  )
}
