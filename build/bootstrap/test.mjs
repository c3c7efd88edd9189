// `npm test`: the parts, each with only what it needs, each counted, and one plain line at the end.
import path from 'node:path'
import { canRunBeside } from './beside.mjs'
import { ensureBuild, ensurePages } from './build.mjs'
import { runInForeground } from './child.mjs'
import { failed, line, passed, skipped, sum } from './count.mjs'
import { Failure, report } from './failure.mjs'
import { ensure, ROOT } from './index.mjs'
import { matrixTable } from './matrix-table.mjs'
import { runVitest } from './vitest.mjs'

const DESK = { electron: true, sqlite: true, system: ['electron', 'display', 'fonts'], moreSteps: 1 }
const E2E = { ...DESK, system: [...DESK.system, 'postgres'] }
const PBX = { ...E2E, asterisk: true }
const PORTAL = { system: ['postgres', 'fonts'], chromium: true, page: true, moreSteps: 1 }
// Measured without a window, on a real PostgreSQL.
const CENTRAL = { node24: true, packages: true, system: ['postgres'] }
const BENCHES_OF_CENTRAL = new Set(['sync', 'central', 'search', 'year'])
// Of the knowledge search alone: a file and no window.
const SEARCH = { node24: true, packages: true }
const BENCHES_OF_SEARCH = new Set(['kb', 'answers'])
const USAGE = `用法 Usage: node build/test.mjs [check|pg|durability|simulation|portal|e2e|pbx|bench|simulate|soak|all] [args]
  check   类型、规范、格式、单元测试 · types, lint, format, unit tests
  pg      PGlite 与 PostgreSQL 15 契约测试 · contract tests on both
  durability 掉电、强杀与模拟 · what survives kill -9, on the disk first; the simulation
  simulation 仅模拟 · the simulation alone
  portal  成员单位与管理页面，真实 Chromium 与 PostgreSQL · the pages of the units and of the administration, in a real Chromium
  e2e     真实 Electron 与 PostgreSQL 端到端测试 · end to end in a real Electron, on PostgreSQL
  pbx     真实 Asterisk 22 上的通话矩阵 · whole calls through a real Asterisk 22
  bench   测量（名称：pop、phone、save、start、sync、central、search、year、effort、rows、words、kb、answers） · measurements, by name
  simulate 带种子的模拟（--ops N --seed S） · the seeded simulation
  soak    长跑：强杀 1000 次、每次写入的各种磁盘错误、10⁵ 条损坏的信令、PGlite 契约测试、通话矩阵全表、60 人来电 8 台坐席（不足四核时 30 人 5 台）、模拟 10⁶ 步、2000 台坐席
          the long run: 1,000 kills, each error at each write, 10⁵ damaged SIP messages, the contract on PGlite, all rows, 60 citizens at 8 desks (30 at 5 on fewer than four cores), 10⁶ simulated steps, 2,000 desks
  all     check + pg（不含 PGlite）+ durability + simulation + portal + e2e + pbx 的简表（默认 default） · without PGlite, of pbx a short set
  其余参数交给 vitest（如文件名） · further arguments go to vitest
  CI=true 或 SANXIN_CI：无法运行的部分算失败 · what cannot run is a failure
`

const PARTS = {
  check: { needs: {}, run: check },
  pg: { needs: { system: ['postgres'] }, run: pg },
  durability: {
    needs: { system: ['strace'] },
    run: (place, options) => runVitest('durability', place, options),
  },
  simulation: { needs: {}, run: (place, options) => runVitest('simulation', place, options) },
  portal: { needs: PORTAL, run: (place, options) => runVitest('portal', place, options) },
  e2e: { needs: E2E, run: (place, options) => runVitest('e2e', place, { ...options, serial: true }) },
  pbx: { needs: PBX, run: pbx },
}

// Calls and windows mostly wait: what needs neither, and no time of its own, has what they leave of processor and disk.
const BESIDE = { simulation: 'e2e', durability: 'pbx' }
/** What is asked for under one name. */
const TOGETHER = { all: Object.keys(PARTS), durability: ['durability', 'simulation'] }

/** The whole of `npm test`; resolves to the exit code. */
export async function main([part = 'all', ...args]) {
  if (part === '--help' || part === '-h') {
    process.stdout.write(USAGE)
    return 0
  }
  try {
    if (part === 'bench') return await bench(args)
    if (part === 'simulate') return await simulate(args)
    if (part === 'soak') return await soak()
    const names = TOGETHER[part] ?? [part]
    if (!names.every((name) => PARTS[name]))
      throw new Failure(`没有名为 ${part} 的测试部分。\n${USAGE}`, `There is no part named ${part}.`)
    return await runParts(names, args)
  } catch (error) {
    const code = report(error)
    if (part !== 'bench') process.stdout.write(`${line(failed(part))}\n`)
    return code
  }
}

async function runParts(names, args) {
  const base = await ensure({ node24: true, packages: true })
  const options = { args, emptyIsFine: names.length > 1 && args.length > 0, short: names.length > 1 }
  const counts = []
  const take = (name, count) => {
    if (names.length > 1) process.stdout.write(`${name}: ${line(count)}\n`)
    counts.push(count)
  }
  const isBeside = (name) => names.includes(BESIDE[name]) && canRunBeside()
  const begun = []
  for (const name of names.filter((one) => !isBeside(one))) {
    for (const other of names.filter((one) => isBeside(one) && BESIDE[one] === name))
      begun.push({ other, counted: runPart(other, base, { ...options, beside: true }) })
    process.stdout.write(`\n=== ${name} ===\n`)
    take(name, await runPart(name, base, options))
  }
  for (const { other, counted } of begun) {
    const count = await counted
    process.stdout.write(`\n=== ${other} ===\n${count.said ?? ''}`)
    take(other, count)
  }
  const total = sum(counts)
  process.stdout.write('\n')
  for (const name of total.names.skipped) process.stdout.write(`跳过 skipped: ${name}\n`)
  for (const name of total.names.failed) process.stdout.write(`失败 failed: ${name}\n`)
  process.stdout.write(`${line(total)}\n`)
  return total.failed > 0 ? 1 : 0
}

async function runPart(name, base, options) {
  const { needs, run } = PARTS[name]
  let place
  try {
    place = await ensure({ ...needs, base })
  } catch (error) {
    report(error)
    const reason = `${name}: ${error instanceof Failure ? error.en : error.message}`
    return mustRun() || !(error instanceof Failure) ? failed(reason) : skipped(reason)
  }
  try {
    // A build that fails is the sources' fault, not the machine's: never a skip.
    if (needs.electron) await place.step('桌面程序', (progress) => ensureBuild(place, progress))
    if (needs.page) await place.step('网页', (progress) => ensurePages(place, progress))
    return await run(place, options)
  } catch (error) {
    report(error)
    return failed(`${name}: ${error.message.split('\n').at(-1)}`)
  } finally {
    await place.stop()
  }
}

async function check(place, options) {
  const tool = async (name, file, ...args) => {
    process.stdout.write(`--- ${name}\n`)
    const code = await runInForeground(place.node, [path.join(ROOT, 'node_modules', file), ...args], {
      cwd: ROOT,
      env: place.env,
    })
    return code === 0 ? passed() : failed(`${name} (exit code ${code})`)
  }
  const read = await Promise.all([
    // Of one thread: the other two have the second core.
    tool('types', 'typescript/bin/tsc', '-b'),
    tool('lint', 'oxlint/bin/oxlint', '--type-aware', '--config', '.oxlintrc.json'),
    tool('format', 'oxfmt/bin/oxfmt', '--check'),
  ])
  return sum([...read, await runVitest('unit*', place, options)])
}

const PGLITE = 'tests/contract/db-pglite.pg.test.ts'

/** The contract on PGlite, the demo's database, when it is asked for by name and in the long run. */
async function pg(place, options) {
  if (!options.short || options.args.length > 0) return runVitest('pg', place, options)
  const count = await runVitest('pg', place, { ...options, args: ['--exclude', PGLITE] })
  return sum([count, skipped('pg: PGlite 契约测试 the contract on PGlite (npm run test:pg)')])
}

/** All rows when it is asked for by name, one of each family as a part of `npm test`; the table stands above the count. */
async function pbx(place, options) {
  const env = { ...place.env, SANXIN_PBX_ROWS: process.env.SANXIN_PBX_ROWS ?? (options.short ? 'short' : 'all') }
  const rest = options.short ? '简表每类一行；其余各行 the other rows of each family: npm run test:pbx\n\n' : ''
  const onReport = (result) => process.stdout.write(`\n${matrixTable(result)}\n${rest}`)
  return runVitest('pbx', { ...place, env }, { ...options, serial: true, onReport })
}

async function bench(args) {
  const needs = BENCHES_OF_CENTRAL.has(args[0]) ? CENTRAL : BENCHES_OF_SEARCH.has(args[0]) ? SEARCH : DESK
  const place = await ensure(needs)
  try {
    if (needs === DESK) await place.step('桌面程序', (progress) => ensureBuild(place, progress))
    const files = ['tests/support/sql-text.ts', 'tests/bench/main.ts'].map((file) => path.join(ROOT, file))
    return await runInForeground(place.node, ['--import', ...files, ...args], {
      cwd: ROOT,
      env: place.env,
    })
  } finally {
    await place.stop()
  }
}

async function simulate(args) {
  const place = await ensure({ node24: true, packages: true })
  const files = ['tests/support/sql-text.ts', 'tests/simulation/main.ts'].map((file) => path.join(ROOT, file))
  return runInForeground(place.node, ['--import', ...files, ...args], { cwd: ROOT, env: place.env })
}

/** The long run, some hours: each part is played whatever became of the one before it. */
async function soak() {
  Object.assign(process.env, { SANXIN_KILLS: '1000', SANXIN_FAULTS: 'all' })
  const kills = await runParts(['durability'], ['kill.test.ts', 'io-errors.test.ts'])
  process.env.SANXIN_MUTANTS = '100000'
  const mutants = await runParts(['check'], ['mutants.test.ts'])
  const pglite = await runParts(['pg'], [PGLITE])
  process.env.SANXIN_PBX_LOAD = 'soak'
  const calls = await runParts(['pbx'], [])
  const worlds = await simulate(['--ops', '1000000', '--seed', '1000000', '--jobs', '2'])
  // Printed, not judged: what a bench finds depends on the machine.
  process.env.SANXIN_BENCH_DESKS = '2000'
  await bench(['central'])
  return Math.max(kills, mutants, pglite, calls, worlds)
}

/** On a build machine a part that cannot run is a failure: nobody reads there that it was left out. */
function mustRun() {
  return Boolean((process.env.CI && process.env.CI !== 'false') || process.env.SANXIN_CI)
}
