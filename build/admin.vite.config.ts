import { defineConfig } from 'vite'
import { pageConfig } from './page.vite.ts'

/** The pages of the administration. */
export default defineConfig(pageConfig('admin', '/admin/'))
