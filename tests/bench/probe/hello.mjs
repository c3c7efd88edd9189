// The smallest Electron app that shows a window: the baseline of start and memory.
import { app, BrowserWindow } from 'electron'

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  void window.loadURL('data:text/html,<!doctype html><html data-ready="true"><body>hello</body></html>')
})
app.on('window-all-closed', () => app.quit())
