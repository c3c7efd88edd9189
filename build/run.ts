/** `npm start`: reads the settings, starts what they leave to the demo, and opens the desk. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoUnitMembers } from '../central/people/demo.ts'
import { readSettings, SETTINGS_FILE, type Settings, type SettingProblem } from '../shared/settings.ts'
import { playHandsFree } from './hands-free.ts'
import { appFolder, electronPath, electronSwitches, settingsEnvironment } from './stack/app.ts'
import type { Child } from './stack/child.ts'
import { demoOperator, placeCall, startCentral, startExchange, startLedger } from './stack/stack.ts'

function stop(problems: readonly SettingProblem[]): never {
  console.error('设置有误，未启动 · wrong settings, nothing was started:')
  for (const { where, problem } of problems) console.error(`  ${where}: ${problem}`)
  process.exit(2)
}

function readFile(file: string, required: boolean): Record<string, unknown> {
  if (!existsSync(file)) return required ? stop([{ where: file, problem: '找不到该文件 · no such file' }]) : {}
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    return stop([{ where: file, problem: '应为一个 JSON 对象 · must be a JSON object' }])
  } catch (error) {
    return stop([
      { where: file, problem: `不是有效的 JSON · not valid JSON: ${error instanceof Error ? error.message : ''}` },
    ])
  }
}

function readOptions(): { settings: Settings; handsFree: boolean } {
  const text = { type: 'string' } as const
  const options = {
    'hands-free': { type: 'boolean' },
    settings: text,
    central: text,
    sip: text,
    'data-dir': text,
    language: text,
    scenario: text,
  } as const
  try {
    const {
      'hands-free': handsFree = false,
      settings: file,
      'data-dir': dataDir,
      ...named
    } = parseArgs({ options }).values
    const said = Object.fromEntries(
      Object.entries({ ...named, dataDir }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>
    const content = readFile(file ?? join(appFolder, SETTINGS_FILE), file !== undefined)
    const read = readSettings(content, process.env, said, file ?? SETTINGS_FILE)
    return read.settings === null ? stop(read.problems) : { settings: read.settings, handsFree }
  } catch (error) {
    return stop([{ where: 'npm start --', problem: error instanceof Error ? error.message : String(error) }])
  }
}

/** Starts what the settings do not name, and answers the settings completed with it. */
async function completeSettings(given: Settings, children: Child[]): Promise<Settings> {
  // What the demo wrote must never be sent to a real central, nor the other way round: each has a folder of its own.
  const place = given.central === null ? 'demo' : `desk-${new URL(given.central).host.replace(/[^\w.-]/g, '_')}`
  const dataDir = resolve(given.dataDir ?? join(appFolder, '.cache', place))
  mkdirSync(dataDir, { recursive: true })
  let { central, sip, staffNo, password, enrolment } = given
  if (central === null) {
    const started = await startCentral({ dataDir: join(dataDir, 'central'), centralPort: given.centralPort })
    children.push(started.child)
    central = started.url
    const { staffNo: unitMember = '', password: unitPassword = '' } = demoUnitMembers[0] ?? {}
    console.error(`成员单位页面 · the units' page: ${central}/unit/ (${unitMember}, ${unitPassword})`)
    staffNo ??= demoOperator.staffNo
    password ??= demoOperator.password
    enrolment ??= demoOperator.enrolment
  }
  if (sip === null) {
    // The demo's central keeps the ledger of its calls; a real one is told by its own exchange alone.
    const callLog = join(dataDir, 'calls.jsonl')
    if (given.central === null) children.push(startLedger(central, { events: callLog }))
    const started = await startExchange({ exchangePort: given.exchangePort, callLog })
    children.push(started.child)
    sip = [started.url]
  }
  return { ...given, central, sip, staffNo, password, enrolment, dataDir }
}

async function openDesk(settings: Settings, practice: boolean, children: Child[]): Promise<number> {
  const desk = spawn(electronPath(), electronSwitches({ practice }), {
    env: { ...process.env, ...settingsEnvironment(settings) },
    stdio: 'inherit',
  })
  const exited = new Promise<number>((done) => desk.once('exit', (code) => done(code ?? 1)))
  if (practice && settings.scenario !== null && settings.sip !== null) {
    const { scenario } = settings
    const [sip = ''] = settings.sip
    const exchange = children.at(-1)
    // The citizen calls when the desk can be reached, not before.
    void exchange?.said('registered').then(() => children.push(placeCall(sip, { scenario })))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => desk.kill(signal))
  return exited
}

const { settings: given, handsFree } = readOptions()
const children: Child[] = []
let code = 1
try {
  const settings = await completeSettings(given, children)
  const practice = given.sip === null
  if (handsFree) code = await playHandsFree(settings)
  else code = await openDesk(settings, practice, children)
} catch (error) {
  console.error(`未能启动 · could not start: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  await Promise.all(children.map((child) => child.stop()))
}
process.exit(code)
