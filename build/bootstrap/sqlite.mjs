// better-sqlite3 for the Electron that the app runs on. The package ships binaries for Node-API 10 (Node ≥ 22.14,
// Electron ≥ 36); in an older Electron, such as the test runtime, they crash, so the same source is compiled once.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { entry, findEntry, readNote, writeNote } from './cache.mjs'
import { Failure } from './failure.mjs'
import { ensureNodeHeaders } from './node24.mjs'
import { findNpm } from './npm.mjs'
import { PLATFORM } from './pins.mjs'
import { run } from './run.mjs'
import { ensureSystem } from './system.mjs'

// Part of the entry's name: raise it when the recipe below changes.
const RECIPE = 1
const NODE_API_OF_PREBUILDS = 10
const FIRST_ELECTRON_FOR_PREBUILDS = 36
const PROBE_MS = 30_000

// Runs inside Electron: says which Node-API it has, and with a binding named, whether a database with FTS5 works in it.
const PROBE = `
const [, folder, binding] = process.argv
const answer = { napi: Number(process.versions.napi), node: process.versions.node }
if (binding) {
  const Database = require(folder)
  const db = new Database(':memory:', binding === 'prebuild' ? {} : { nativeBinding: binding })
  db.exec("create virtual table t using fts5(words); insert into t values ('gong jiao')")
  answer.hits = db.prepare("select count(*) as n from t where t match 'jiao'").get().n
  answer.sqlite = db.prepare('select sqlite_version() as v').get().v
}
console.log('PROBE' + JSON.stringify(answer))
`

/** The binding for `nativeBinding`: a path, or null where the package's own binary serves. Seen to work in that Electron. */
export async function ensureSqlite({ root, electron, progress }) {
  const folder = path.join(root, 'node_modules/better-sqlite3')
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const note = `sqlite-${fingerprint(electron.path, version)}`
  const known = readNote(note)
  if (known && (known.binding === null || fs.existsSync(known.binding))) return known.binding

  const { napi } = (await probe(electron, folder)) ?? {}
  const shipped = napi === undefined ? electron.major >= FIRST_ELECTRON_FOR_PREBUILDS : napi >= NODE_API_OF_PREBUILDS
  const binding = shipped ? null : await compile(folder, version, progress)
  // Where Electron has been told (by a fuse) never to run as plain Node, nothing can be tried here; the app will tell.
  if (napi !== undefined && (await probe(electron, folder, binding ?? 'prebuild'))?.hits !== 1) {
    throw new Failure(
      `better-sqlite3 ${version} 无法在 Electron ${electron.version} 中运行。请删除 ${binding ? path.dirname(binding) : folder} 后重试。`,
      `better-sqlite3 ${version} does not work in Electron ${electron.version}. Remove the folder named above and try again.`,
    )
  }
  writeNote(note, { binding })
  return binding
}

/** What the probe says, or undefined when it says nothing (a crash, or an Electron that does not run as Node). */
async function probe(electron, folder, binding = '') {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { stdout } = await run(electron.path, ['-e', PROBE, folder, binding], { env, timeoutMs: PROBE_MS })
  const line = stdout.split('\n').find((text) => text.startsWith('PROBE'))
  return line ? JSON.parse(line.slice('PROBE'.length)) : undefined
}

async function compile(folder, version, progress) {
  const name = `better-sqlite3-${PLATFORM}`
  const entryVersion = `${version}-r${RECIPE}`
  const file = 'better_sqlite3.node'
  const found = findEntry(name, entryVersion)
  if (found) return path.join(found, file)
  await ensureSystem(['compiler'], { progress })
  progress.doing(`编译 better-sqlite3 ${version}（约 80 s）`)
  const headers = await ensureNodeHeaders(progress)
  const made = await entry(name, entryVersion, progress, async (temp) => {
    const copy = path.join(temp, 'work/node_modules/better-sqlite3')
    fs.cpSync(folder, copy, { recursive: true })
    fs.cpSync(path.join(folder, '../node-addon-api'), path.join(copy, '../node-addon-api'), {
      recursive: true,
      dereference: true,
    })
    patch(path.join(copy, 'binding.gyp'))
    await gyp(copy, headers, version, progress)
    fs.copyFileSync(path.join(copy, 'build/Release', file), path.join(temp, file))
    fs.rmSync(path.join(temp, 'work'), { recursive: true })
  })
  return path.join(made, file)
}

/** "Experimental" is the Node-API level that any Electron accepts: the functions used had been there before level 10 named them. */
function patch(file) {
  const before = fs.readFileSync(file, 'utf8')
  const after = before.replace(
    "'NAPI_VERSION=10'",
    "'NAPI_EXPERIMENTAL','NODE_API_EXPERIMENTAL_NO_WARNING','NAPI_VERSION=2147483647'",
  )
  if (after === before) throw new Error(`${file} has changed: the recipe for older Electrons needs a new look`)
  fs.writeFileSync(file, after)
}

async function gyp(folder, headers, version, progress) {
  const script = path.join(path.dirname(findNpm()), '../node_modules/node-gyp/bin/node-gyp.js')
  const args = [script, 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`, '-j', '2']
  // binding.gyp calls "node": it must be this one, wherever the PATH leads.
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}` }
  await run(process.execPath, args, {
    cwd: folder,
    env,
    progress,
    failure: {
      zh: `编译 better-sqlite3 ${version} 失败（需要 python3、make、g++）。编译器的输出见上。`,
      en: `Compiling better-sqlite3 ${version} failed (it needs python3, make and g++). The compiler's words are above.`,
    },
  })
}

function fingerprint(file, version) {
  const { mtimeMs, size } = fs.statSync(file)
  return crypto
    .createHash('sha256')
    .update(`${file} ${mtimeMs} ${size} ${version} ${RECIPE}`)
    .digest('hex')
    .slice(0, 16)
}
