import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { SCHEME } from '../ui/preferences.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import { Desk } from './desk.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { useSession } from './stores/session-store.ts'

const schemes = localStorageColorSchemeManager({ key: SCHEME })

/** The window: the sign-in, or the desk. */
export function App() {
  const signedIn = useSession(({ state }) => state === 'signedIn')
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      {signedIn ? <Desk /> : <SignIn />}
    </MantineProvider>
  )
}
