// Electron starts resources/default_app.asar when it has no app of its own; official builds bring one, the test runtime
// gets this: it loads the app named on the command line. It must be an ES module: only a top-level await holds back
// the "ready" event until the app's main module is loaded, and protocol.registerSchemesAsPrivileged must run before it.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const target = process.env.ELECTRON_APP_PATH || process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (!target) {
  console.error('usage: electron [switches] <app folder or JavaScript file>')
  process.exit(1)
}

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
const folder = path.resolve(target)
const manifest = path.join(folder, 'package.json')
if (fs.existsSync(manifest)) {
  const { name, productName, version } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (version) app.setVersion(version)
  app.name = productName || name
  app.setAppPath(folder)
}
await import(pathToFileURL(createRequire(import.meta.url).resolve(folder)).href)
