import '../ui/mantine.css'
import '../ui/global.css'
import '../page/page.css'
import { createRoot } from 'react-dom/client'
import { must } from '../../shared/errors.ts'
import { startWords } from '../ui/i18n.ts'
import { rememberedLanguage } from '../ui/preferences.ts'
import { Administration } from './administration.tsx'
import { askWho, watchSession } from './session.ts'
import { addAdminWords } from './words.ts'

await startWords(rememberedLanguage() ?? 'zh')
addAdminWords()
watchSession()
createRoot(must(document.getElementById('root'), 'root')).render(<Administration />)
await askWho()
