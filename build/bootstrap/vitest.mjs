// One vitest project, counted by its JSON report: what is printed is for people, and changes with versions.
import fs from 'node:fs'
import path from 'node:path'
import { runBeside } from './beside.mjs'
import { runInForeground } from './child.mjs'
import { failed, passed } from './count.mjs'

const CONFIG = 'build/vitest.config.ts'

/**
 * Runs a project of build/vitest.config.ts (`unit*`: all whose names begin so) and returns its count; `onReport` is
 * handed vitest's report, where it wrote one.
 * `beside`: on the processor time that others leave; what it said is then a text of the count (`said`).
 */
export async function runVitest(
  project,
  { root, node, env },
  { args = [], serial = false, emptyIsFine = false, beside = false, onReport } = {},
) {
  if (!fs.existsSync(path.join(root, CONFIG))) return failed(`vitest ${project}: ${CONFIG} is missing`)
  const report = path.join(root, '.cache', `vitest-${project.replace('*', '')}.json`)
  fs.mkdirSync(path.dirname(report), { recursive: true })
  fs.rmSync(report, { force: true })
  const options = [
    'run',
    '--config',
    CONFIG,
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  if (serial) options.push('--no-file-parallelism')
  // A test run must not write into the tests: an empty snapshot fails here as it does on a build machine.
  if (!args.some((argument) => argument === '-u' || argument.startsWith('--update'))) options.push('--update=none')
  if (emptyIsFine) options.push('--passWithNoTests')
  const words = [path.join(root, 'node_modules/vitest/vitest.mjs'), ...options, ...args]
  // The tests start central, citizens and commands by the hundred, from sources: what each compiles is kept for the next.
  const where = { cwd: root, env: { ...env, NODE_COMPILE_CACHE: path.join(root, '.cache', 'compiled') } }
  const { code, output } = beside
    ? await runBeside(node, words, where)
    : { code: await runInForeground(node, words, where) }
  const read = readReport(report)
  if (read) onReport?.(read)
  return { ...countReport(project, read, code, emptyIsFine), said: output }
}

/** The count of a JSON report (undefined when vitest wrote none) and vitest's exit code. */
export function countReport(project, report, code, emptyIsFine = false) {
  if (!report)
    return code === 0 && emptyIsFine ? passed(0) : failed(`vitest ${project}: ended with ${code} and without a report`)
  const count = passed(0)
  for (const file of report.testResults) {
    const failedBefore = count.failed
    for (const test of file.assertionResults) {
      const name = `${path.basename(file.name)} > ${[...test.ancestorTitles, test.title].join(' > ')}`
      if (test.status === 'passed') count.passed += 1
      else if (test.status === 'failed') add(count, 'failed', name)
      else add(count, 'skipped', name)
    }
    // A file that does not even load, or breaks after its tests, fails as a whole.
    if (file.status === 'failed' && count.failed === failedBefore)
      add(count, 'failed', `${path.basename(file.name)} (the file itself)`)
  }
  const ran = count.passed + count.failed + count.skipped
  // Unhandled errors, coverage limits, or no test at all: vitest says it by its exit code alone.
  if (count.failed === 0 && (code !== 0 || (ran === 0 && !emptyIsFine)))
    add(count, 'failed', `vitest ${project} (exit code ${code}, ${ran} tests)`)
  return count
}

function add(count, kind, name) {
  count[kind] += 1
  count.names[kind].push(name)
}

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
