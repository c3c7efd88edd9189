// A screen for machines without one. Xvfb picks a free number by itself and reports it when it is ready (-displayfd).
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { Failure } from './failure.mjs'

const SETPRIV = '/usr/bin/setpriv'
const READY_MS = 15_000
const running = new Set()

/** Starts Xvfb unless there is a display: { display, env, stop() }, with `env` for the children. It dies with this process. */
export async function startDisplay({ env = process.env, size = '1920x1080x24' } = {}) {
  if (process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY)
    return { display: env.DISPLAY ?? null, env: {}, stop: async () => {} }
  // Its own group (detached): Ctrl-C must end the app first, which still needs the screen; we end Xvfb ourselves.
  const xvfb = ['Xvfb', '-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset']
  // setpriv (util-linux): the kernel ends Xvfb even when this process is killed outright.
  const [command, ...args] = fs.existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'TERM', ...xvfb] : xvfb
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.add(child)
  hookExit()
  const exited = new Promise((resolve) => {
    child.once('exit', () => {
      running.delete(child)
      resolve()
    })
  })
  const number = await readNumber(child).catch((error) => {
    child.kill('SIGKILL')
    throw error
  })
  // Nothing of it may keep our process alive: it lives no longer than its user.
  child.unref()
  child.stderr.unref()
  child.stdio[3].destroy()
  return {
    display: `:${number}`,
    env: { DISPLAY: `:${number}`, SANXIN_VIRTUAL_DISPLAY: '1' },
    async stop() {
      if (!running.has(child)) return
      child.ref()
      child.kill('SIGTERM')
      await exited
    },
  }
}

function readNumber(child) {
  return new Promise((resolve, reject) => {
    let number = ''
    let errors = ''
    const fail = (why) =>
      reject(
        new Failure(`虚拟显示器 Xvfb 无法启动（${why}）。`, `The virtual display Xvfb did not start (${why}).`, errors),
      )
    const timer = setTimeout(() => fail(`${READY_MS / 1000} s`), READY_MS)
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text
    })
    child.stdio[3].setEncoding('utf8').on('data', (text) => {
      number += text
      if (!number.includes('\n')) return
      clearTimeout(timer)
      resolve(number.trim())
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      fail(error.message)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`exit ${code}`)
    })
  })
}

function hookExit() {
  if (process.listeners('exit').includes(killAll)) return
  process.on('exit', killAll)
  // A signal without a handler ends Node without 'exit'. Whoever handles it himself ends by process.exit sooner or later.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (process.listenerCount(signal) > 1) return
      killAll()
      process.exit(128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal])
    })
  }
}

function killAll() {
  for (const child of running) child.kill('SIGTERM')
}
