// What the system must have besides npm's packages. Linux only: macOS and Windows bring all of it.
import fs from 'node:fs'
import path from 'node:path'
import { aptInstall } from './apt.mjs'
import { Failure } from './failure.mjs'
import { run } from './run.mjs'

const POSTGRES_BIN = '/usr/lib/postgresql/15/bin'

// The shared libraries that Electron links or opens, and the Debian packages that have them.
const LIBRARIES = {
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libsmime3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libgbm.so.1': 'libgbm1',
  'libdrm.so.2': 'libdrm2',
  'libEGL.so.1': 'libegl1',
  'libGL.so.1': 'libgl1',
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': 'libdbus-1-3',
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
  'libexpat.so.1': 'libexpat1',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libudev.so.1': 'libudev1',
}

/** Makes sure of parts of the system: 'electron' (needs `electron`, its path), 'display', 'fonts', 'postgres', 'strace', 'compiler'. */
export async function ensureSystem(parts, { progress, electron, env = process.env }) {
  if (process.platform !== 'linux') {
    if (parts.includes('postgres') && !fs.existsSync(POSTGRES_BIN)) throw noPostgres()
    return
  }
  const work = {
    electron: () => ensureLibraries(electron, progress),
    display: () => ensureXvfb(progress, env),
    fonts,
    postgres,
    strace,
    compiler,
  }
  for (const part of parts) await work[part](progress)
}

/** The folder with PostgreSQL 15's initdb and postgres. */
export function postgresBin() {
  return POSTGRES_BIN
}

async function ensureLibraries(electron, progress) {
  const missing = await missingLibraries(electron)
  if (missing.length === 0) return
  const unknown = missing.filter((library) => !LIBRARIES[library])
  const packages = missing.filter((library) => LIBRARIES[library]).map((library) => LIBRARIES[library])
  const why = {
    zh: `Electron 缺少系统库 ${missing.join(' ')}`,
    en: `Electron misses the system libraries ${missing.join(' ')}`,
  }
  if (packages.length > 0) await aptInstall(dedupe(packages), why, progress)
  const left = await missingLibraries(electron)
  if (left.length > 0 || unknown.length > 0)
    throw new Failure(
      `Electron 仍缺少系统库 ${left.join(' ')}，请手动安装。`,
      `Electron still misses ${left.join(' ')}; install them by hand.`,
    )
}

async function missingLibraries(electron) {
  const { stdout } = await run('ldd', [electron])
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
}

async function ensureXvfb(progress, env) {
  if (env.DISPLAY || env.WAYLAND_DISPLAY || onPath('Xvfb')) return
  await aptInstall(
    ['xvfb'],
    { zh: '没有显示器，也没有虚拟显示器 Xvfb', en: 'There is no display and no virtual one (Xvfb)' },
    progress,
  )
}

async function fonts(progress) {
  if (onPath('fc-list')) {
    const { stdout } = await run('fc-list', [':lang=zh', 'family'])
    if (stdout.trim()) return
  }
  await aptInstall(['fontconfig', 'fonts-noto-cjk'], { zh: '没有中文字体', en: 'There is no Chinese font' }, progress)
}

async function postgres(progress) {
  if (fs.existsSync(path.join(POSTGRES_BIN, 'initdb'))) return
  const why = { zh: '没有 PostgreSQL 15', en: 'There is no PostgreSQL 15' }
  if (process.getuid() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    // Debian's package starts a cluster of its own on port 5432; the tests make theirs, and nobody asked for that one.
    const config = '/etc/postgresql-common/createcluster.conf'
    fs.mkdirSync(path.dirname(config), { recursive: true })
    if (!fs.existsSync(config)) fs.writeFileSync(config, 'create_main_cluster = false\n')
  }
  await aptInstall(['postgresql-15'], why, progress)
}

async function strace(progress) {
  if (onPath('strace')) return
  await aptInstall(['strace'], { zh: '没有 strace', en: 'There is no strace' }, progress)
}

async function compiler(progress) {
  const missing = [
    ['python3', 'python3'],
    ['make', 'make'],
    ['g++', 'g++'],
  ]
    .filter(([tool]) => !onPath(tool))
    .map(([, name]) => name)
  if (missing.length > 0)
    await aptInstall(
      missing,
      {
        zh: `编译 better-sqlite3 缺少 ${missing.join(' ')}`,
        en: `Compiling better-sqlite3 needs ${missing.join(' ')}`,
      },
      progress,
    )
}

function noPostgres() {
  return new Failure(
    '本机没有 PostgreSQL 15；PostgreSQL 测试只在 Debian/Ubuntu 上自动安装。',
    'No PostgreSQL 15 here; it is installed by itself on Debian and Ubuntu only.',
  )
}

function onPath(tool) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, tool)))
}

function dedupe(packages) {
  return [...new Map(packages.map((choice) => [String(choice), choice])).values()]
}
