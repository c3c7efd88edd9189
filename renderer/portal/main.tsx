import '../ui/mantine.css'
import '../ui/global.css'
import '../page/page.css'
import { createRoot } from 'react-dom/client'
import { must } from '../../shared/errors.ts'
import { startWords } from '../ui/i18n.ts'
import { addPortalWords } from './words.ts'
import { rememberedLanguage } from '../ui/preferences.ts'
import { Portal } from './portal.tsx'
import { watchDrafts } from './act/draft-store.ts'
import { watchList } from './list/list-store.ts'
import { watchLooks } from './list/look-store.ts'
import { askWho } from './session/session-store.ts'

await startWords(rememberedLanguage() ?? 'zh')
addPortalWords()
watchDrafts()
watchList()
watchLooks()
createRoot(must(document.getElementById('root'), 'root')).render(<Portal />)
await askWho()
