import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import type { UserConfig } from 'vite'

const at = (path: string) => resolve(import.meta.dirname, '..', path)

/** A page as central serves it under `base` (central/http/built-page.ts): from renderer/NAME into out/NAME. */
export function pageConfig(name: string, base: string): UserConfig {
  return {
    root: at(`renderer/${name}`),
    base,
    plugins: [react()],
    build: {
      outDir: at(`out/${name}`),
      emptyOutDir: true,
      // Everything is a file of its own: the page's policy lets nothing in that stands in the document.
      assetsInlineLimit: 0,
      target: 'es2022',
    },
  }
}
