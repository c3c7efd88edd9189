// Programs out of Debian's own packages, unpacked into the cache: nothing is installed on this machine, and no root is
// needed. apt fetches and verifies by the signatures of Debian's archive.
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { run } from './run.mjs'

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Whether apt and Debian's keys are here. */
export function isDebian() {
  return fs.existsSync('/usr/bin/apt-get') && fs.existsSync(KEYRING)
}

/**
 * An apt of our own in `folder`, which knows one suite and no installed package; answers a function that runs `apt-get`
 * with it. `what` is the program's name, for the words of a failure.
 */
export async function prepareApt(folder, { what, suite }, progress) {
  for (const name of ['lists/partial', 'cache/archives/partial'])
    fs.mkdirSync(path.join(folder, name), { recursive: true })
  fs.writeFileSync(path.join(folder, 'status'), '')
  const source = `deb [signed-by=${KEYRING}] ${await mirror(what)} ${suite} main\n`
  fs.writeFileSync(path.join(folder, 'sources.list'), source)
  const settings = {
    'Dir::Etc::SourceList': path.join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': path.join(folder, 'lists'),
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::Cache': path.join(folder, 'cache'),
    'APT::Architecture': 'amd64',
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    // An index that was only half renewed, or not at all, must not pass for today's.
    'APT::Update::Error-Mode': 'any',
    'Debug::NoLocking': '1',
  }
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])
  const apt = (args, cwd = folder) =>
    run('apt-get', ['-q', ...options, ...args], {
      cwd,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      progress,
      failure: {
        zh: `无法从 Debian 镜像取得 ${what}。请检查网络或 apt 的镜像、代理设置后重试。`,
        en: `Cannot get ${what} from Debian's mirror. Check the network or apt's mirror and proxy, then try again.`,
      },
    })
  await apt(['update'])
  return apt
}

/** The mirror of Debian's archive that this machine uses already. */
async function mirror(what) {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)'])
  const found = stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri))
  if (found) return found
  throw new Failure(
    `本机的 apt 没有配置 Debian 镜像，无法取得 ${what}。`,
    `No mirror of Debian is configured for apt here, so ${what} cannot be had.`,
  )
}

/** Unpacks a package into a folder. */
export async function unpack(file, folder) {
  await run('dpkg-deb', ['-x', file, folder], {
    failure: {
      zh: `无法解压 ${path.basename(file)}（磁盘已满？）。`,
      en: `Cannot unpack ${path.basename(file)} (disk full?).`,
    },
  })
}
