import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => resolve(import.meta.dirname, '..', path)

/** The page of the member units, as central serves it under /unit/ (central/portal/page.ts). */
export default defineConfig({
  root: at('renderer/portal'),
  base: '/unit/',
  plugins: [react()],
  build: {
    outDir: at('out/portal'),
    emptyOutDir: true,
    // Everything is a file of its own: the page's policy lets nothing in that stands in the document.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
})
