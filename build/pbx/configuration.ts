/** Asterisk's configuration for one start: the files of etc/ with their @names@ filled in, in a folder of its own. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EARLY_HZ, HOLD_HZ, RATING_HZ, rawDigits, rawTone, SERVICE_HZ } from './tones.ts'

/** Who may register: `desk` by WebRTC, `monitor` likewise and into others' calls, `plain` and `carrier` by UDP and G.711. */
export type Endpoint = {
  readonly extension: string
  readonly password: string
  readonly kind: 'desk' | 'monitor' | 'plain' | 'carrier'
}

/** What the files of etc/ ask for. Ports are TCP but for `sipPort`, which is UDP. */
export type Configuration = {
  /** The unpacked Asterisk, only read. */
  readonly asterisk: string
  /** A folder that exists and is empty. */
  readonly run: string
  readonly wsPort: number
  readonly sipPort: number
  readonly amiPort: number
  readonly amiSecret: string
  /** For how long the queue rings one operator. */
  readonly ringSeconds: number
  readonly endpoints: readonly Endpoint[]
  /** Extensions that are members of the queue from the start. */
  readonly members: readonly string[]
  /** Files, by their names, that stand in place of those of etc/; their @names@ are filled in likewise. */
  readonly files?: Readonly<Record<string, string>>
}

/** Files that Asterisk looks for and whose defaults are right; without them it complains at every start. */
const bare = ['acl', 'ccss', 'cdr', 'pjproject', 'queuerules', 'stasis', 'udptl']
const templates = join(import.meta.dirname, 'etc')

/** Writes all that Asterisk reads into `run`; answers the path of its asterisk.conf. */
export function writeConfiguration(configuration: Configuration): string {
  const { asterisk, run, endpoints, members, files = {}, ...plain } = configuration
  for (const folder of ['etc', 'var/keys', 'spool', 'log/cel-custom', 'moh', 'staff'])
    mkdirSync(join(run, folder), { recursive: true })
  const values = {
    ...plain,
    asterisk,
    run,
    holdHz: HOLD_HZ,
    toneHz: SERVICE_HZ,
    earlyHz: EARLY_HZ,
    endpoints: endpoints.map(endpointText).join('\n'),
    members: members.map((extension) => `member => PJSIP/${extension}`).join('\n'),
    announcedMembers: members
      .map((extension) => `member => Local/${extension}@announced/n,0,,PJSIP/${extension}`)
      .join('\n'),
  }
  for (const name of readdirSync(templates)) {
    writeFileSync(join(run, 'etc', name), fill(files[name] ?? readFileSync(join(templates, name), 'utf8'), values), {
      mode: 0o600,
    })
  }
  for (const name of bare) writeFileSync(join(run, 'etc', `${name}.conf`), '')
  writeFileSync(join(run, 'moh/hold.sln'), rawTone(HOLD_HZ))
  writeFileSync(join(run, 'rating.sln'), rawTone(RATING_HZ, 1))
  writeFileSync(join(run, 'early.sln'), rawTone(EARLY_HZ, 3))
  for (const extension of members) writeFileSync(join(run, 'staff', `${extension}.sln`), rawDigits(extension))
  return join(run, 'etc/asterisk.conf')
}

/** Fills `@name@` in; throws where a name is unknown. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/@(\w+)@/g, (_all, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for @${name}@`)
    return String(value)
  })
}

function endpointText({ extension, password, kind }: Endpoint): string {
  for (const word of [extension, password]) {
    if (!/^[\w-]+$/.test(word)) throw new Error('an extension and its password are letters, digits, _ and -')
  }
  const template = kind === 'desk' || kind === 'monitor' ? 'desk' : 'plain'
  const context = kind === 'monitor' ? '\ncontext = monitors' : kind === 'carrier' ? '\ncontext = citizens' : ''
  return `
[${extension}](${template})${context}
aors = ${extension}
auth = ${extension}-secret
callerid = ${extension} <${extension}>
[${extension}](contacts)
[${extension}-secret](secret)
username = ${extension}
password = ${password}
`
}
