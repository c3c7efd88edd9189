// The Chromium that the tests of the pages drive: this machine's, or else Debian's of the same release, unpacked
// into the cache: its shell without a head, which has the same engine and opens a page for less.
import fs from 'node:fs'
import path from 'node:path'
import { entry, findEntry } from './cache.mjs'
import { isDebian, prepareApt, unpack } from './debian.mjs'
import { Failure } from './failure.mjs'
import { PLATFORM } from './pins.mjs'
import { run } from './run.mjs'

// Part of the entry's name: raise it when the recipe below changes.
const RECIPE = 3
const SHELL = 'chromium-headless-shell'
const HERE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const LIBRARIES = 'usr/lib/x86_64-linux-gnu'

/**
 * The shell, what it shares with Chromium, and the libraries that it links or opens. The C library stays this machine's,
 * with its loader: Chromium starts its own processes by its own file, so it cannot be run by a loader of ours as
 * Asterisk is.
 */
const WANTED = /^(?:chromium-headless-shell|chromium-common|lib(?!c6$|c-bin$|c-l10n$|llvm)[a-z0-9.+-]+|zlib1g)$/

/** The file to run. */
export async function ensureChromium(progress) {
  const here = [process.env.SANXIN_CHROMIUM, ...HERE].find((file) => file && fs.existsSync(file))
  return here ?? (await fetchChromium(progress))
}

/** The file to run of a Chromium in the cache, fetched where it is not there yet. */
export async function fetchChromium(progress) {
  const suite = /^VERSION_CODENAME=(\w+)/m.exec(fs.readFileSync('/etc/os-release', 'utf8'))?.[1]
  if (PLATFORM !== 'linux-x64' || !isDebian() || !suite) {
    throw new Failure(
      '本机没有 Chromium，也无法准备：请安装 Chromium，或用 SANXIN_CHROMIUM 指明它在哪里。',
      'There is no Chromium here: install one, or say by SANXIN_CHROMIUM where it is.',
    )
  }
  const [name, version] = [`chromium-${suite}-${PLATFORM}`, `r${RECIPE}`]
  const found = findEntry(name, version)
  if (!found) progress.doing('下载 Chromium（约 120 MB）')
  const folder = found ?? (await entry(name, version, progress, (temp) => make(temp, suite, progress)))
  return path.join(folder, 'run')
}

async function make(temp, suite, progress) {
  const apt = await prepareApt(path.join(temp, 'apt'), { what: 'Chromium', suite }, progress)
  const packages = path.join(temp, 'packages')
  fs.mkdirSync(packages)
  const { stdout } = await apt(['install', '--no-install-recommends', '--print-uris', '-y', SHELL])
  const names = [...stdout.matchAll(/^'\S+' (\S+?)_\S+ \d+ /gm)]
    .map(([, file]) => file)
    .filter((file) => WANTED.test(file))
  await apt(['download', ...names], packages)
  progress.doing('解压 Chromium')
  for (const file of fs.readdirSync(packages).toSorted()) await unpack(path.join(packages, file), temp)
  for (const unneeded of ['apt', 'packages', 'usr/share/man', 'usr/share/doc', 'usr/share/locale'])
    fs.rmSync(path.join(temp, unneeded), { recursive: true, force: true })
  // Libraries of PulseAudio look for their common part at the fixed place where an installed one would have it.
  const lines = [
    '#!/bin/sh',
    'here=$(dirname "$(readlink -f "$0")")',
    `libs="$here/${LIBRARIES}"`,
    'export LD_LIBRARY_PATH="$libs:$here/lib/x86_64-linux-gnu:$libs/nss:$libs/pulseaudio"',
    `exec "$here/usr/lib/chromium/${SHELL}" "$@"`,
    '',
  ]
  fs.writeFileSync(path.join(temp, 'run'), lines.join('\n'), { mode: 0o755 })
  await run(path.join(temp, 'run'), ['--version'], {
    failure: {
      zh: 'Debian 的 Chromium 已变化，无法运行；请更新 build/bootstrap/chromium.mjs。',
      en: "Debian's Chromium has changed and does not run; build/bootstrap/chromium.mjs needs a new look.",
    },
  })
}
