// Asterisk 22 for the tests of the telephone, out of Debian's own packages, unpacked into the cache: nothing is
// installed on this machine, and no root is needed. apt fetches and verifies by the signatures of Debian's archive.
import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { entry, findEntry } from './cache.mjs'
import { isDebian, prepareApt, unpack } from './debian.mjs'
import { Failure } from './failure.mjs'
import { PLATFORM } from './pins.mjs'
import { run } from './run.mjs'

// Part of the entry's name: raise it when the recipe below changes.
const RECIPE = 1
// Asterisk is in no stable release of Debian at present; unstable moves, so what was fetched once is kept.
const SUITE = 'sid'
const LIBRARIES = 'usr/lib/x86_64-linux-gnu'
const MODULE_LIST = new URL('../pbx/etc/modules.conf', import.meta.url)

/**
 * Of all that Debian's package depends on, what Asterisk itself and the modules of ../pbx/etc/modules.conf link
 * against; without the numbers in the names, which change with the libraries' interfaces.
 */
const WANTED = new RegExp(
  `^(?:asterisk|asterisk-modules|lib(?:c|gcc-s|stdc\\+\\+|bsd|cap|crypt|edit|jansson|md|nspr|nss|opus|popt|sqlite3-|srtp2-|ssl|systemd|tinfo|uriparser|uuid|xml2-|xslt|zstd)[\\d.]*(?:t64)?|zlib1g)$`,
)

/** The folder that holds Asterisk as `usr/…`, its loader `ld.so`, and `packages.sha256`, what it was made of. */
export async function ensureAsterisk(progress) {
  needInterface()
  const [name, version] = [`asterisk-${PLATFORM}`, `22-r${RECIPE}`]
  const found = findEntry(name, version)
  if (found) return found
  if (PLATFORM !== 'linux-x64' || !isDebian()) {
    throw new Failure(
      '本机无法准备 Asterisk：只支持 x86-64 的 Debian（需要 apt-get 与 debian-archive-keyring）。',
      "Asterisk cannot be had here: it takes Debian's apt-get and debian-archive-keyring on x86-64.",
    )
  }
  progress.doing('下载 Asterisk 22（约 25 MB）')
  return entry(name, version, progress, (temp) => make(temp, progress))
}

async function make(temp, progress) {
  const apt = await prepareApt(path.join(temp, 'apt'), { what: 'Asterisk 22', suite: SUITE }, progress)
  const packages = path.join(temp, 'packages')
  fs.mkdirSync(packages)
  const { stdout } = await apt(['install', '--no-install-recommends', '--print-uris', '-y', 'asterisk'])
  const names = [...stdout.matchAll(/^'\S+' (\S+?)_\S+ \d+ /gm)]
    .map(([, file]) => file)
    .filter((file) => WANTED.test(file))
  await apt(['download', ...names], packages)
  progress.doing('解压 Asterisk 22')
  const files = fs.readdirSync(packages).toSorted()
  const sums = files.map((file) => `${sha256(path.join(packages, file))}  ${decodeURIComponent(file)}\n`)
  for (const file of files) await unpack(path.join(packages, file), temp)
  fs.writeFileSync(path.join(temp, 'packages.sha256'), sums.join(''))
  for (const unneeded of ['apt', 'packages', 'usr/share/man', 'usr/share/doc', 'usr/share/locale', 'usr/share/lintian'])
    fs.rmSync(path.join(temp, unneeded), { recursive: true, force: true })
  // Debian's loader, for its libraries are newer than this machine's.
  fs.symlinkSync('usr/lib64/ld-linux-x86-64.so.2', path.join(temp, 'ld.so'))
  await checkWhole(temp)
}

/** Asks Debian's loader whether Asterisk and each of its modules finds its libraries; one that does not would be missed late. */
async function checkWhole(folder) {
  const modules = [...fs.readFileSync(MODULE_LIST, 'utf8').matchAll(/^require\s*=\s*(\S+)/gm)].map(([, name]) =>
    path.join(folder, LIBRARIES, 'asterisk/modules', name),
  )
  const missing = new Set(modules.filter((file) => !fs.existsSync(file)).map((file) => path.basename(file)))
  for (const file of [path.join(folder, 'usr/sbin/asterisk'), ...modules.filter((name) => fs.existsSync(name))]) {
    const { stdout } = await run(path.join(folder, 'ld.so'), [...librariesOf(folder), '--list', file])
    for (const [, library] of stdout.matchAll(/^\s*(\S+) => not found/gm)) missing.add(library)
  }
  if (missing.size === 0) return
  throw new Failure(
    `Debian 的 Asterisk 已变化，缺少 ${[...missing].join(' ')}；请更新 build/bootstrap/asterisk.mjs。`,
    `Debian's Asterisk has changed and misses ${[...missing].join(' ')}; build/bootstrap/asterisk.mjs needs a new look.`,
  )
}

function librariesOf(folder) {
  return ['--library-path', path.join(folder, LIBRARIES)]
}

function sha256(file) {
  return crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex')
}

/** Asterisk offers no ICE candidate on a loopback interface: where there is no other one, no call would have sound. */
function needInterface() {
  const reachable = Object.values(os.networkInterfaces())
    .flat()
    .some(({ internal, family, address }) => !internal && (family === 'IPv4' || !address.startsWith('fe80:')))
  if (reachable) return
  throw new Failure(
    '本机只有 lo 网卡，Asterisk 给不出 ICE 候选地址。可加一块虚拟网卡：ip link add dummy0 type dummy && ip addr add 198.51.100.1/24 dev dummy0 && ip link set dummy0 up',
    'The only interface here is lo, on which Asterisk offers no ICE candidate. Add a dummy one by the line above.',
  )
}
