/**
 * The settings: one file, `sanxin.settings.json`, every key also an environment variable. The README shows
 * them as a table; `describe` texts below are that table's source.
 */
import { z } from 'zod'
import { zhCN } from 'zod/locales'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.preprocess(
  (value) => (value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : value),
  z.boolean(),
)

export const settingsSchema = z.strictObject({
  central: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe('中心库地址；空则使用内置演示中心 · central URL, empty for the embedded demo'),
  sip: z
    .url({ protocol: /^wss?$/ })
    .nullable()
    .default(null)
    .describe('话务网关 WebSocket 地址；空则使用内置练习交换机 · SIP WebSocket URL, empty for the practice exchange'),
  staffNo: z
    .string()
    .min(1)
    .max(20)
    .nullable()
    .default(null)
    .describe('自动登录工号（仅演示）· staff number signed in at start (demo)'),
  password: z.string().min(1).max(200).nullable().default(null).describe('自动登录密码（仅演示）· its password (demo)'),
  dataDir: z.string().min(1).nullable().default(null).describe('数据文件夹 · folder for the desk data'),
  language: z.enum(['zh', 'en']).default('zh').describe('界面语言 · language of the desk'),
  scenario: z
    .string()
    .min(1)
    .nullable()
    .default('bus-route')
    .describe('演示来电剧本；空则无人来电 · scenario of the demo caller, empty for none'),
  centralPort: port.default(0).describe('内置中心端口，0 自动 · port of the embedded central, 0 for any'),
  exchangePort: port.default(0).describe('练习交换机端口，0 自动 · port of the practice exchange, 0 for any'),
  ringSound: flag.default(true).describe('振铃声 · whether the ring sounds'),
})
export type Settings = z.infer<typeof settingsSchema>
export type SettingName = keyof Settings

/** central → SANXIN_CENTRAL, dataDir → SANXIN_DATA_DIR. */
export function environmentName(setting: SettingName): string {
  return `SANXIN_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

export const settingNames = Object.keys(settingsSchema.shape) as SettingName[]

/** A setting that cannot be used: where it was said, and what is wrong with it. */
export type SettingProblem = { readonly where: string; readonly problem: string }

/**
 * Joins file, environment and command line (the later wins), and checks the whole.
 * An empty text stands for «none». Answers the settings, or every problem at once.
 */
export function readSettings(
  file: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<string, string>>,
): { settings: Settings; problems: [] } | { settings: null; problems: SettingProblem[] } {
  const merged: Record<string, unknown> = { ...file }
  const said: Record<string, string> = Object.fromEntries(
    Object.keys(file).map((key) => [key, `sanxin.settings.json: ${key}`]),
  )
  const put = (name: string, value: string, where: string) => {
    merged[name] = value === '' ? null : value
    said[name] = where
  }
  for (const name of settingNames) {
    const value = environment[environmentName(name)]
    if (value !== undefined) put(name, value, environmentName(name))
  }
  for (const [name, value] of Object.entries(options)) put(name, value, `--${name}`)
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
