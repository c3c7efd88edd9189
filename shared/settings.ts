/**
 * The settings: one file, `sanxin.settings.json`, every key also an environment variable. The README's table
 * shows them in the words below (tests/shared/settings.test.ts holds it to them).
 */
import { z } from 'zod'
import { zhCN } from 'zod/locales'
import { queueCodesSchema } from './call/queue-word.ts'
import { isAccelerator } from './accelerator.ts'
import { codecListSchema, codecNames } from './call/codecs.ts'
import { echoNumber } from './call/echo-test.ts'
import { iceServerTexts } from './call/ice-servers.ts'
import { mediaPortsSchema } from './call/media-ports.ts'
import { wireRulesSchema } from './call/on-wire.ts'
import { changeables, operatorMaySchema } from './operator-may.ts'
import { recordingRulesSchema, tonesCode } from './call/recording.ts'

/** A number, or a text that says one; a text that says none is no number. */
const numeric = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), schema)

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.preprocess(
  (value) => (value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : value),
  z.boolean(),
)

/** In the file digits may stand as a number. */
const digits = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'number' ? String(value) : (value ?? '')), schema)

/** A list is words between commas where one text says it. */
const list = (value: unknown) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : (value ?? [])

const featureCode = queueCodesSchema.shape.login.default(null)

/** Names, words and voices of citizens cross no network in the clear; to this machine itself they may, for practice. */
const safeUrl = (clear: string, sealed: string) =>
  z
    .url({ protocol: new RegExp(`^${clear}s?$`), abort: true })
    .refine((url) => url.startsWith(`${sealed}:`) || /^\w+:\/\/(127\.0\.0\.1|localhost)(:\d+)?([/?#]|$)/.test(url), {
      error: `除本机外须用 ${sealed}:// · ${sealed}:// is required beyond this machine`,
    })

/** More servers than this are a mistake of writing. */
const SERVERS_MAX = 8

export const settingsSchema = z.strictObject({
  central: safeUrl('http', 'https')
    .nullable()
    .default(null)
    .describe("中心库地址；空则使用内置演示中心 · central's URL; beyond this machine https only"),
  sip: z
    .preprocess(
      // One or several: in the file an array, elsewhere with commas between them.
      (value) => (typeof value === 'string' ? value.split(',').map((url) => url.trim()) : value),
      z.array(safeUrl('ws', 'wss')).min(1).max(SERVERS_MAX),
    )
    .nullable()
    .default(null)
    .describe(
      '话务网关 WebSocket 地址，可按优先次序列出几个；空则使用内置练习交换机 · SIP over WebSocket, several in the order of preference; beyond this machine wss only',
    ),
  staffNo: z
    .string()
    .min(1)
    .max(20)
    .nullable()
    .default(null)
    .describe('自动登录工号（仅演示） · staff number signed in at start, for demonstrations only'),
  password: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('自动登录密码（仅演示） · its password, for demonstrations only'),
  enrolment: z
    .string()
    .min(1)
    .max(40)
    .nullable()
    .default(null)
    .describe('自动登记本机的登记码（仅演示） · code by which the desk enrols itself, for demonstrations only'),
  dataDir: z.string().min(1).nullable().default(null).describe("数据文件夹 · the folder of the desk's data"),
  language: z.enum(['zh', 'en']).default('zh').describe('界面语言 · language of the desk'),
  scenario: z
    .string()
    .min(1)
    .nullable()
    .default('bus-route')
    .describe('演示来电剧本；空则无人来电 · who calls in the demo (central/practice/scenarios/); empty for nobody'),
  centralPort: port.default(0).describe('内置中心端口，0 自动 · port of the embedded central'),
  exchangePort: port.default(0).describe('练习交换机端口，0 自动 · port of the practice exchange'),
  iceServers: z
    .preprocess(list, iceServerTexts)
    .default([])
    .describe(
      'STUN 与 TURN 服务器，逗号分隔；空则只用本机地址 · STUN and TURN servers (`turn:HOST USER PASSWORD`), by commas; empty for the own addresses alone',
    ),
  codecs: z
    .preprocess((value) => (value === null ? [...codecNames] : list(value)), codecListSchema)
    .default([...codecNames])
    .describe(
      '通话语音编码，按优先次序，逗号分隔；按键音编码总在 · codecs of the sound in the order of preference, by commas; what is not named is neither offered nor taken, keypad tones aside',
    ),
  mediaPorts: mediaPortsSchema
    .nullable()
    .default(null)
    .describe('通话语音使用的本机 UDP 端口；空则不限 · local UDP ports that the sound of calls uses; empty for any'),
  dialOutside: digits(wireRulesSchema.shape.outside)
    .default('')
    .describe(
      '出局码：拨外线时加在前面；空则没有 · what leads out of the exchange, put before numbers outside; empty for none',
    ),
  dialMobilePrefix: digits(wireRulesSchema.shape.mobilePrefix)
    .default('')
    .describe('拨外地手机时加在前面；空则没有 · what goes before mobiles from elsewhere; empty for none'),
  dialHomeMobiles: z
    .preprocess(list, wireRulesSchema.shape.homeMobiles)
    .default([])
    .describe(
      '本地手机的号段，逗号分隔，不加上一项 · first digits of mobiles at home here, which go without that, by commas',
    ),
  tones: z
    .enum(['rtp', 'info'])
    .default('rtp')
    .describe('按键音的发送方式 · how keypad tones are sent: in the media (RFC 4733) or as INFO'),
  wrapUpSeconds: numeric(z.number().int().min(0).max(3600).nullish())
    .transform((seconds) => seconds ?? 60)
    .default(60)
    .describe(
      '整理时限（秒），0 不限；到时只提醒 · seconds of a wrap-up before the desk reminds of it; 0 for no limit',
    ),
  queueLogin: featureCode.describe(
    '话务平台队列登录的功能码；空则不拨 · feature code to enter the queue of the exchange; empty for none',
  ),
  queuePause: featureCode.describe(
    '话务平台队列示忙的功能码；空则不拨 · feature code to be paused in the queue of the exchange; empty for none',
  ),
  queueUnpause: featureCode.describe(
    '话务平台队列示闲的功能码；空则不拨 · feature code to be unpaused in the queue of the exchange; empty for none',
  ),
  queueLogout: featureCode.describe(
    '话务平台队列退出的功能码；空则不拨 · feature code to leave the queue of the exchange; empty for none',
  ),
  recordingHeaders: z
    .preprocess(list, recordingRulesSchema.shape.headers)
    .default(['X-Recording-Id', 'X-Call-Id'])
    .describe(
      '录音编号所在的 SIP 头，逗号分隔，先写的优先 · SIP headers that name the recording of a call, the first that is there wins; by commas',
    ),
  recordPause: tonesCode
    .default(null)
    .describe(
      '暂停录音的按键码（通话中发送）；空则不可暂停 · tones in a call that pause its recording; empty for none',
    ),
  recordResume: tonesCode
    .default(null)
    .describe('恢复录音的按键码（通话中发送） · tones in a call after which it is recorded again; empty for none'),
  autoAnswer: numeric(z.number().min(0).max(30).nullable())
    .default(null)
    .describe(
      '自动接听：振铃几秒后；空则不自动 · seconds of ringing before a call is answered by itself; empty for never',
    ),
  globalAnswerKey: z
    .string()
    .refine(isAccelerator, {
      error: '不是可用的快捷键，如 Ctrl+Shift+F9 · no usable key combination, say Ctrl+Shift+F9',
    })
    .nullable()
    .default(null)
    .describe(
      '在其他程序里接听的全局快捷键，只在振铃时占用；空则没有 · key that answers from within another program, taken only while it rings; empty for none',
    ),
  echoTest: echoNumber
    .nullable()
    .default('600')
    .describe('话务平台的回声测试号；空则没有 · number of the exchange that says back what it hears; empty for none'),
  operatorMay: z
    .preprocess(list, operatorMaySchema)
    .default([...changeables])
    .describe(
      '坐席可自行更改的项目，逗号分隔；空则都由管理员设定 · what operators may change at their desks, by commas; empty for nothing',
    ),
  ringSound: flag.default(true).describe('振铃声 · whether the ring sounds'),
})
export type Settings = z.infer<typeof settingsSchema>
export type SettingName = keyof Settings

/** central → SANXIN_CENTRAL, dataDir → SANXIN_DATA_DIR. */
export function environmentName(setting: SettingName): string {
  return `SANXIN_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** dataDir → --data-dir. */
function optionName(setting: string): string {
  return `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export const settingNames = Object.keys(settingsSchema.shape) as SettingName[]

/** A setting that cannot be used: where it was said, and what is wrong with it. */
export type SettingProblem = { readonly where: string; readonly problem: string }

export const SETTINGS_FILE = 'sanxin.settings.json'

/**
 * Joins file, environment and command line (the later wins), and checks the whole.
 * An empty text stands for «none». Answers the settings, or every problem at once.
 */
export function readSettings(
  file: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<string, string>>,
  fileName: string = SETTINGS_FILE,
): { settings: Settings; problems: [] } | { settings: null; problems: SettingProblem[] } {
  const merged: Record<string, unknown> = Object.fromEntries(
    Object.entries(file).map(([name, value]) => [name, value === '' ? null : value]),
  )
  const said: Record<string, string> = Object.fromEntries(Object.keys(file).map((key) => [key, `${fileName}: ${key}`]))
  const put = (name: string, value: string, where: string) => {
    merged[name] = value === '' ? null : value
    said[name] = where
  }
  for (const name of settingNames) {
    const value = environment[environmentName(name)]
    if (value !== undefined) put(name, value, environmentName(name))
  }
  for (const [name, value] of Object.entries(options)) put(name, value, optionName(name))
  const parsed = settingsSchema.safeParse(merged, { error: zhCN().localeError })
  if (parsed.success) return { settings: parsed.data, problems: [] }
  const problems = parsed.error.issues.flatMap((issue): SettingProblem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ where: said[key] ?? key, problem: '未知设置 · unknown setting' }))
    const key = String(issue.path[0] ?? '')
    return [{ where: said[key] ?? key, problem: issue.message }]
  })
  return { settings: null, problems }
}
