/** A real Asterisk 22 of our own: on loopback, in a folder of its own, gone without a trace when it is stopped. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAmi, type Ami } from './ami.ts'
import { writeConfiguration, type Endpoint } from './configuration.ts'
import { freePorts } from './ports.ts'

/** Where and how to reach it, who may register, and its manager connection. */
export type Pbx = {
  /** SIP over WebSocket (RFC 7118), for desks. */
  readonly wsUrl: string
  /** SIP over UDP on 127.0.0.1, for citizens and plain telephones. */
  readonly sipPort: number
  readonly pid: number
  readonly endpoints: readonly Endpoint[]
  readonly ami: Ami
  /** The password of an extension; throws where there is none. */
  passwordOf(extension: string): string
  /** What Asterisk's command line answers to these words; throws where it does not know them. */
  cli(words: string): Promise<string>
  /** The log of what becomes of each leg, of which the ledger is made. */
  readonly callLog: string
  /** The file of a recording, by the name that the exchange gives it. */
  recording(name: string): string
  /** The addresses under which an extension is registered now. */
  contacts(extension: string): Promise<readonly string[]>
  /** Ends it and removes its folder. Rejects when it did not end in order, as when it had died before. */
  stop(): Promise<void>
}

/** All of them may be left out. */
export type PbxOptions = {
  /** Without: desks 1001 to 1009, monitor 1010, plain telephones 1101 to 1105 and `carrier`, with fresh passwords. */
  readonly endpoints?: readonly Endpoint[]
  /** Who is in the queue 12345 from the start. */
  readonly members?: readonly string[]
  /** For how long the queue rings one operator; 15. */
  readonly ringSeconds?: number
  /** Files in place of those of etc/; see Configuration. */
  readonly files?: Readonly<Record<string, string>>
  /** Free ones without. */
  readonly ports?: { readonly ws?: number; readonly sip?: number; readonly ami?: number }
}

const SETPRIV = '/usr/bin/setpriv'
const READY = 'Asterisk Ready.'
/** Asterisk starts all the same where a port of it is taken; whoever called there would reach a stranger. */
const TAKEN = 'Address already in use'
/** Asterisk takes SIGTERM as the word to end in order. */
const CLEAN_END = 'exit code 0'
const STOP_MS = 5_000
const AMI_USER = 'sanxin'

/** The unpacked Asterisk that the bootstrap found; throws where none was asked for. */
function asteriskFolder(): string {
  const folder = process.env['SANXIN_ASTERISK']
  if (!folder) throw new Error('SANXIN_ASTERISK is not set: start this by npm run test:pbx')
  return folder
}

/** The house as it stands when nobody says otherwise; a fresh password for each. */
export function defaultEndpoints(): Endpoint[] {
  const row = (first: number, count: number, kind: Endpoint['kind']): Endpoint[] =>
    Array.from({ length: count }, (_, i) => ({ extension: String(first + i), password: secret(), kind }))
  return [
    ...row(1001, 9, 'desk'),
    ...row(1010, 1, 'monitor'),
    ...row(1101, 5, 'plain'),
    { extension: 'carrier', password: secret(), kind: 'carrier' },
  ]
}

function secret(): string {
  return randomBytes(12).toString('hex')
}

/** Starts Asterisk; answers when it is fully booted and we are signed in at its manager. Several may run at once. */
export async function startPbx(options: PbxOptions = {}): Promise<Pbx> {
  const { endpoints = defaultEndpoints(), members = [], ringSeconds = 15, files = {}, ports = {} } = options
  const asterisk = asteriskFolder()
  const free = await freePorts(2)
  const { ws: wsPort = free.tcp[0] ?? 0, ami: amiPort = free.tcp[1] ?? 0, sip: sipPort = free.udp } = ports
  const run = mkdtempSync(join(tmpdir(), 'sanxin-pbx-'))
  const remove = (): void => {
    process.off('exit', remove)
    rmSync(run, { recursive: true, force: true })
  }
  // Also where nobody comes to stop it; the kernel ends Asterisk then (see launch).
  process.on('exit', remove)
  const amiSecret = secret()
  let running: Running | null = null
  try {
    const where = { asterisk, run, wsPort, sipPort, amiPort, amiSecret }
    const file = writeConfiguration({ ...where, ringSeconds, endpoints, members, files })
    running = launch(asterisk, file)
    await running.ready
    const ami = await connectAmi(amiPort, AMI_USER, amiSecret)
    return describe(running, ami, { remove, run, wsPort, sipPort, endpoints })
  } catch (error) {
    await running?.stop()
    remove()
    throw error
  }
}

function describe(
  running: Running,
  ami: Ami,
  {
    remove,
    run,
    wsPort,
    sipPort,
    endpoints,
  }: { remove(): void; run: string; wsPort: number; sipPort: number; endpoints: readonly Endpoint[] },
): Pbx {
  const cli = async (words: string): Promise<string> => (await ami.act('Command', { Command: words }))['Output'] ?? ''
  return {
    wsUrl: `ws://127.0.0.1:${wsPort}/ws`,
    sipPort,
    pid: running.pid,
    endpoints,
    ami,
    cli,
    callLog: join(run, 'log/cel-custom/ledger.csv'),
    recording: (name) => join(run, 'spool/monitor', name),
    passwordOf: (extension) => {
      const found = endpoints.find((one) => one.extension === extension)
      if (found === undefined) throw new Error(`no extension ${extension}`)
      return found.password
    },
    contacts: async (extension) => {
      const all = await ami.list('PJSIPShowAors')
      return all.flatMap(({ ObjectName, Contacts }) =>
        ObjectName === extension && Contacts
          ? Contacts.split(',').map((contact) => contact.replace(/^[^/]*\//, ''))
          : [],
      )
    },
    stop: async () => {
      await ami.close()
      const end = await running.stop()
      remove()
      if (end !== CLEAN_END) throw new Error(`Asterisk did not end as it should: ${end}`)
    },
  }
}

type Running = {
  readonly pid: number
  /** Asterisk says on its output that it is ready; rejects with its words when it ends before. */
  readonly ready: Promise<void>
  /** Answers how it ended. */
  stop(): Promise<string>
}

function launch(asterisk: string, configuration: string): Running {
  // By Debian's loader, for its libraries are newer than this machine's.
  const libraries = ['--library-path', join(asterisk, 'usr/lib/x86_64-linux-gnu')]
  const own = [join(asterisk, 'ld.so'), ...libraries, join(asterisk, 'usr/sbin/asterisk'), '-f', '-C', configuration]
  // setpriv (util-linux): the kernel ends it even when this process is killed outright.
  const [command = '', ...args] = existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', ...own] : own
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
  return {
    pid: child.pid ?? 0,
    ready: untilReady(child, exited),
    stop: async () => {
      const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      child.kill('SIGTERM')
      const end = await exited
      clearTimeout(insist)
      return end
    },
  }
}

function untilReady(child: ChildProcess, exited: Promise<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-4000)
        if (!output.includes(READY)) return
        const taken = output.split('\n').filter((line) => line.includes(TAKEN))
        if (taken.length === 0) resolve()
        else reject(new Error(`a port is somebody else's:\n${taken.join('\n')}`))
      })
    }
    void exited.then(() => reject(new Error(`Asterisk did not start:\n${output}`)))
  })
}
