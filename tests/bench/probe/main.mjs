// Runs an app (PROBE_APP) and says when its first visible window can be used: told from inside, the same way for every app.
import { app } from 'electron'

const UNTIL_READY = `new Promise((resolve) => {
  const look = () => document.documentElement.dataset.ready === 'true' && requestAnimationFrame(() => requestAnimationFrame(resolve))
  new MutationObserver(look).observe(document.documentElement, { attributes: true, subtree: false })
  look()
})`

app.on('browser-window-created', (_event, window) => {
  window.webContents.on('did-finish-load', () => {
    if (window.webContents.getURL().includes('phone')) return
    void window.webContents
      .executeJavaScript(UNTIL_READY)
      .then(() => process.stdout.write(`${JSON.stringify({ event: 'ready', at: Date.now() })}\n`))
  })
})
await import(process.env.PROBE_APP)
