import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = resolve(import.meta.dirname, '..')
const at = (path: string) => resolve(root, path)

/** Main, the store and its threads are entries of one build; the preload is CommonJS, because sandboxed preloads must be. */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      // Only what is native stays outside: a hundred small files cost more at start than one.
      externalizeDeps: { exclude: ['zod', 'ws', 'uuidv7', 'pinyin-pro'] },
      minify: true,
      rolldownOptions: {
        input: {
          index: at('electron/main.ts'),
          store: at('electron/store/worker.ts'),
          'log-thread': at('electron/store/log-thread.ts'),
          'derive-thread': at('electron/store/derive-thread.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: { index: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      rolldownOptions: {
        input: { desk: at('renderer/desk/index.html'), phone: at('renderer/phone/index.html') },
      },
    },
  },
})
