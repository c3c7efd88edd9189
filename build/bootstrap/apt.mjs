// Debian's and Ubuntu's packages. As root they are installed; anyone else gets the one line to run.
import fs from 'node:fs'
import { Failure } from './failure.mjs'
import { run } from './run.mjs'

let updated = false

/** Installs Debian packages; `packages` may hold alternatives, first choice first: ['libasound2t64', 'libasound2']. */
export async function aptInstall(packages, why, progress) {
  const isDebian = process.platform === 'linux' && fs.existsSync('/usr/bin/apt-get')
  const first = packages.map((choice) => [choice].flat()[0])
  if (!isDebian) {
    throw new Failure(
      `${why.zh}。请用本机的包管理器安装（Debian 中的名称：${first.join(' ')}）。`,
      `${why.en}. Install it with this system's package manager (Debian's names: ${first.join(' ')}).`,
    )
  }
  if (process.getuid() !== 0) {
    const names = await available(packages)
    throw new Failure(
      `${why.zh}。请运行：sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
      `${why.en}. Run the line above, then start again.`,
    )
  }
  // A lock timeout, because unattended upgrades may be at work on a machine that has just started.
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  if (!updated) {
    progress.doing('更新 apt 目录')
    const update = await run('apt-get', ['update', '-q', ...options], { env, progress })
    if (update.code !== 0)
      progress.note(`apt-get update 失败，仍尝试用已有的目录安装。${update.output.split('\n').at(-1)}`)
    updated = true
  }
  const names = await available(packages)
  progress.doing(`apt 安装 ${names.slice(0, 4).join(' ')}${names.length > 4 ? ` 等 ${names.length} 个包` : ''}`)
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...options, ...names], {
    env,
    progress,
    failure: {
      zh: `${why.zh}，且 apt 安装失败。请检查网络后手动运行：apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`,
      en: `${why.en}, and apt could not install it. Check the network, then run the line above.`,
    },
  })
}

/** Of alternatives the first that this release has: names change with it (Ubuntu 24.04 and Debian 13 have t64 names). */
async function available(packages) {
  const names = []
  for (const choice of packages) {
    const alternatives = [choice].flat()
    let chosen = alternatives.at(-1)
    for (const name of alternatives.slice(0, -1)) {
      const { stdout } = await run('apt-cache', ['policy', name])
      if (/Candidate: (?!\(none\))/.test(stdout)) {
        chosen = name
        break
      }
    }
    names.push(chosen)
  }
  return [...new Set(names)]
}
