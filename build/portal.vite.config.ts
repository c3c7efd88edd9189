import { defineConfig } from 'vite'
import { pageConfig } from './page.vite.ts'

/** The page of the member units. */
export default defineConfig(pageConfig('portal', '/unit/'))
