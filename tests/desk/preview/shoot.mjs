/**
 * Plays scenes of the desk in headless Chromium and leaves pictures: node tests/desk/preview/shoot.mjs FOLDER [scene…]
 * VARIANT=-dark,-large,-large-dark,-en,-large-en,-zoom (text at 125 %) takes those as well, ALL=1 every one (scenes that fill the form speak Chinese only).
 * AXE=1 tells what axe-core objects to in each.
 * Chromium is looked for at CHROMIUM, or /usr/bin/chromium.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { rest } from './scenes/hands.mjs'
import { besideScenes } from './scenes/beside.mjs'
import { formScenes } from './scenes/form.mjs'
import { knowledgeScenes } from './scenes/knowledge.mjs'
import { lateScenes } from './scenes/late.mjs'
import { signInScenes } from './scenes/sign-in.mjs'
import { troubleScenes } from './scenes/trouble.mjs'
import { workScenes } from './scenes/work.mjs'

const root = resolve(import.meta.dirname, '../../..')
const [folder = '.cache/preview', ...only] = process.argv.slice(2)
const small = { width: 1366, height: 768 }
const zoomed = { width: 1093, height: 614 }
const large = { width: 1920, height: 1080 }

const scenes = {
  ...formScenes,
  ...besideScenes,
  ...knowledgeScenes,
  ...workScenes,
  ...lateScenes,
  ...troubleScenes,
  ...signInScenes,
}

/** What axe-core objects to in a scene. */
async function axe(page, name) {
  await page.evaluate(await readFile(resolve(root, 'node_modules/axe-core/axe.min.js'), 'utf8'))
  for (const { id, nodes } of await page.evaluate(async () => (await window.axe.run()).violations))
    console.log(name, 'AXE', id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | '))
}

const variants = [
  { suffix: '', viewport: small, colorScheme: 'light', extra: '' },
  { suffix: '-dark', viewport: small, colorScheme: 'dark', extra: '' },
  { suffix: '-large', viewport: large, colorScheme: 'light', extra: '' },
  { suffix: '-large-dark', viewport: large, colorScheme: 'dark', extra: '' },
  { suffix: '-large-en', viewport: large, colorScheme: 'light', extra: '&lang=en' },
  { suffix: '-en', viewport: small, colorScheme: 'light', extra: '&lang=en' },
  { suffix: '-zoom', viewport: zoomed, colorScheme: 'light', extra: '' },
]

const server = await createServer({
  root,
  configFile: false,
  plugins: [react()],
  logLevel: 'error',
  server: { port: 0 },
  cacheDir: resolve(root, '.cache/vite-preview'),
})
await server.listen()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
await mkdir(folder, { recursive: true })
try {
  for (const [name, { query = '', play }] of Object.entries(scenes)) {
    if (only.length > 0 && !only.includes(name)) continue
    for (const { suffix, viewport, colorScheme, extra } of variants) {
      if (suffix !== '' && !process.env.ALL && !(process.env.VARIANT ?? '').split(',').includes(suffix)) continue
      const page = await browser.newPage({ viewport, colorScheme, timezoneId: 'Asia/Shanghai' })
      page.on('pageerror', (error) => console.log(name, 'PAGE ERROR', error.message))
      page.on('console', (message) => message.type() === 'error' && console.log(name, 'console:', message.text()))
      page.setDefaultTimeout(30_000)
      await page.goto(
        `http://localhost:${server.httpServer.address().port}/tests/desk/preview/index.html?${query}${extra}`,
      )
      await page.waitForSelector(query.includes('signedIn=0') ? 'form' : 'html[data-ready=true]')
      try {
        await play(page)
      } catch (error) {
        console.log(name, 'FAILED', error.message)
      }
      await rest(page)
      if (process.env.AXE) await axe(page, `${name}${suffix}`)
      await page.screenshot({ path: `${folder}/${name}${suffix}.png` })
      const scroll = await page.evaluate(() => [
        document.documentElement.scrollHeight - innerHeight,
        document.documentElement.scrollWidth - innerWidth,
      ])
      if (scroll[0] > 0 || scroll[1] > 0) console.log(name, suffix, 'SCROLLS', scroll)
      await page.close()
    }
  }
} finally {
  await browser.close()
  await server.close()
}
