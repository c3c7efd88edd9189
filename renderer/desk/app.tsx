import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { useEffect } from 'react'
import { emit } from '../ui/bridge.ts'
import { SCHEME } from '../ui/preferences.ts'
import { resolveVariables, theme } from '../ui/theme.ts'
import { Desk } from './desk.tsx'
import { Enrol } from './enrol/enrol.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { useDevice } from './stores/device-store.ts'
import { useMay } from './stores/operator-may.ts'
import { useSession } from './stores/session-store.ts'

const schemes = localStorageColorSchemeManager({ key: SCHEME })
/** The system's, where the administrator leaves no choice; what was chosen before waits untouched. */
const fixed = { ...schemes, get: <S,>(scheme: S) => scheme, set: () => undefined }

/** The window: the enrolment, the sign-in, or the desk. */
export function App() {
  const signedIn = useSession(({ state }) => state === 'signedIn')
  const enrolled = useDevice(({ state }) => state === 'enrolled')
  const mayTheme = useMay('theme')
  const isByItself = useSession(({ info }) => info?.demo != null)
  useEffect(() => {
    if (!signedIn && !isByItself) requestAnimationFrame(() => emit('desk.waits', null))
  }, [signedIn, isByItself])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={mayTheme ? schemes : fixed}
      defaultColorScheme="auto"
    >
      {signedIn ? <Desk /> : enrolled ? <SignIn /> : <Enrol />}
    </MantineProvider>
  )
}
