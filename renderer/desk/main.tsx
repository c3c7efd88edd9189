import '../ui/mantine.css'
import '../ui/global.css'
import { createRoot } from 'react-dom/client'
import { must } from '../../shared/errors.ts'
import { invoke } from '../ui/bridge.ts'
import { startWords } from '../ui/i18n.ts'
import { rememberedLanguage } from '../ui/preferences.ts'
import { App } from './app.tsx'
import { refreshDevice } from './stores/device-store.ts'
import { useSession } from './stores/session-store.ts'

const [info, session] = await Promise.all([invoke('app.info', null), invoke('session.current', null)])
// What was chosen here counts while the administrator leaves it to the operator.
const chosen = info.ok && !info.value.operatorMay.includes('language') ? null : rememberedLanguage()
await startWords(chosen ?? (info.ok ? info.value.language : 'zh'))
const current = session.ok ? session.value : null
useSession.setState({
  info: info.ok ? info.value : null,
  session: current,
  state: current ? 'signedIn' : 'signedOut',
  failure: session.ok ? null : session.error,
})
// Whoever is signed in goes on working, whatever central thinks of the desk.
if (current === null) await refreshDevice()
createRoot(must(document.getElementById('root'), 'root')).render(<App />)
