/** Central with its parts faked where they may be (clock, ids) and desks that speak to it over HTTP. */
import { hash } from '@node-rs/argon2'
import { Secret, TOTP } from 'otpauth'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { CaseEvent, OpenedGroups } from '../../shared/case/case-record.ts'
import type { Base, CaseCommand } from '../../shared/case/commands.ts'
import { decideCase, foldCase } from '../../shared/case/decide.ts'
import { baseOf } from '../../shared/case/history.ts'
import type { CallFact } from '../../shared/call/call-fact.ts'
import { must } from '../../shared/errors.ts'
import { PROTOCOL_VERSION, type Mutation, type SyncResponse } from '../../shared/sync/protocol.ts'
import { requestText } from '../../shared/sync/request-text.ts'
import { buildApp, type AppDeps } from '../../central/app.ts'
import type { Db } from '../../central/db/db.ts'
import { migrate } from '../../central/db/migrate.ts'
import { createDevices, seedDemoEnrolment } from '../../central/devices/service.ts'
import { DEMO_ENROLMENT, DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../../central/people/demo.ts'
import { seedDemoPeople } from '../../central/people/service.ts'
import { insertStaff } from '../../central/people/sql.ts'
import { demoSeal } from '../../central/people/secret-keys.ts'
import { STEP_MS } from '../../central/people/totp.ts'
import { createRuleBook, type RuleBook } from '../../central/tables/rule-book.ts'
import { may, needsCode } from '../../shared/people/roles.ts'
import { staffRoles, type StaffRole } from '../../shared/people/staff-role.ts'

let made = 0

/** A new UUIDv7-shaped id; the same ones in the same order in every run. */
export function nextId(): string {
  made += 1
  return `01890a5d-ac96-7000-8000-${made.toString(16).padStart(12, '0')}`
}

export type FakeClock = { time: number; now(): number }

export function fakeClock(time = Date.UTC(2026, 10, 23, 2)): FakeClock {
  return {
    time,
    now() {
      return this.time
    },
  }
}

export type Logged = { event: string; data: unknown }
export type Central = { app: FastifyInstance; db: Db; clock: FakeClock; logged: Logged[]; tables: RuleBook }

/** Central over a database (migrated here) with the demo's people. */
export async function startCentral(db: Db, more: Partial<AppDeps> = {}): Promise<Central> {
  const clock = fakeClock()
  const logged: Logged[] = []
  await migrate(db)
  await seedDemoPeople(db, clock)
  await seedDemoEnrolment(db)
  const log = (event: string, data?: unknown) => void logged.push({ event, data })
  const app = await buildApp({ db, clock, ids: { next: nextId }, log, seal: demoSeal, ...more })
  clocks.set(app, clock)
  return { app, db, clock, logged, tables: createRuleBook(log) }
}

const clocks = new WeakMap<FastifyInstance, FakeClock>()

/** What an authenticator with this secret shows at a time. */
export function codeAt(at: number, secret = DEMO_TOTP_SECRET): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })
}

/** What these people send besides their password. Each code opens once, so central's clock goes on by a step. */
export function secondFactor(app: FastifyInstance, staffNo: string): { code?: string } {
  const hasOne = staffNo === '1010' || staffRoles.some((role) => needsCode(role) && staffNoOf(role) === staffNo)
  if (!hasOne) return {}
  const clock = must(clocks.get(app), 'central’s clock')
  clock.time += STEP_MS
  return { code: codeAt(clock.time) }
}

/** A desk: signed in, with the cursor of its store and what it was sent of cases. */
export type Desk = {
  readonly storeId: string
  readonly staffNo: string
  readonly token: string
  /** The public name of the sign-in. */
  readonly session: string
  /** The desk's credential. */
  readonly device: string
  readonly deskCode: string
  readonly cases: Map<string, readonly CaseEvent[]>
  epoch: string | null
  cursor: number
  /** The newest mutation that central said it took. */
  last: string | null
  /** One POST /sync; throws unless it is answered 200. */
  sync(mutations?: readonly unknown[]): Promise<SyncResponse>
  /** Syncs until there is no more. */
  pullAll(): Promise<SyncResponse[]>
}

/** The devices of all stores of this run: a desk is enrolled once, whoever signs in at it. */
const enrolled = new Map<string, Promise<string>>()

/** Enrols a desk with the demo's code; answers its credential. */
export async function enrol(app: FastifyInstance, storeId = nextId(), code = DEMO_ENROLMENT): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/enrol', payload: { code, storeId } })
  if (answer.statusCode !== 200) throw new Error(`enrol: ${answer.statusCode} ${answer.body}`)
  const { deviceId, secret } = answer.json<{ deviceId: string; secret: string }>()
  return `${deviceId}.${secret}`
}

export async function signIn(app: FastifyInstance, staffNo = '1001', storeId = nextId()): Promise<Desk> {
  const known = enrolled.get(storeId) ?? enrol(app, storeId)
  enrolled.set(storeId, known)
  return signInAt(app, await known, staffNo, storeId)
}

/** A desk that sits with a team. */
export async function signInWithTeam({ app, db, clock }: Central, team: string, staffNo: string): Promise<Desk> {
  const { code } = await createDevices(db, clock).newCode(team, team)
  const storeId = nextId()
  return signInAt(app, await enrol(app, storeId, code), staffNo, storeId)
}

/** Signs in at a desk that is enrolled. */
export async function signInAt(app: FastifyInstance, device: string, staffNo: string, storeId: string): Promise<Desk> {
  const payload = { staffNo, password: DEMO_PASSWORD, ...secondFactor(app, staffNo), storeId }
  const answer = await postAs(app, '/sign-in', payload, device)
  if (answer.statusCode !== 200) throw new Error(`sign-in: ${answer.statusCode} ${answer.body}`)
  const { token, session, deskCode } = answer.json<{ token: string; session: string; deskCode: string }>()
  const desk: Desk = {
    storeId,
    staffNo,
    token,
    session,
    device,
    deskCode,
    cases: new Map(),
    epoch: null,
    cursor: 0,
    last: null,
    async sync(mutations = []) {
      const { epoch, cursor, last } = desk
      const request = { protocol: PROTOCOL_VERSION, storeId, epoch, cursor, last, mutations }
      const headers = { 'content-type': 'application/json', authorization: `Device ${device}` }
      const response = await app.inject({ method: 'POST', url: '/sync', payload: requestText(request), headers })
      if (response.statusCode !== 200) throw new Error(`sync: ${response.statusCode} ${response.body}`)
      const body = response.json<SyncResponse>()
      for (const change of body.changes) {
        if (change.kind === 'case') desk.cases.set(change.caseId, change.events)
        if (change.kind === 'caseLeft') desk.cases.delete(change.caseId)
      }
      Object.assign(desk, { epoch: body.epoch, cursor: body.cursor, last: body.last })
      // Somebody sent for this store meanwhile, in this test: it knows that, and says so.
      const outOfTurn = mutations.length > 0 && body.answers.length === 0 && body.last !== last
      return outOfTurn && !body.sendAgain ? desk.sync(mutations) : body
    },
    async pullAll() {
      const pages = [await desk.sync()]
      while (must(pages.at(-1), 'a page').more) pages.push(await desk.sync())
      return pages
    },
  }
  return desk
}

/** A request of the device itself. */
export async function postAs(
  app: FastifyInstance,
  url: string,
  payload: object,
  device: string,
): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'POST', url, payload, headers: { authorization: `Device ${device}` } })
}

/** A request of who is signed in. */
export async function post(
  app: FastifyInstance,
  url: string,
  payload: object,
  token: string,
): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${token}` } })
}

/** Somebody who may read every case, for looking at what stands. */
export const monitor = { staffNo: '1010', role: 'monitor', storeId: null, unit: null } as const

/** One person of each role: staff number 20 and its place in the list; desks have lines, the unit's member a unit. */
export async function addOfEachRole(db: Db): Promise<void> {
  const passwordHash = await hash(DEMO_PASSWORD, { memoryCost: 1024, timeCost: 1 })
  await db.tx('sanxin_people', async (sql) => {
    for (const role of staffRoles) {
      const staffNo = staffNoOf(role)
      const line = may(role, 'sync') ? { extension: staffNo, password: 'x', domain: 'd' } : null
      await insertStaff(sql, {
        staffNo,
        name: role,
        role,
        unit: role === 'unitMember' ? UNIT : null,
        passwordHash,
        totpSecret: needsCode(role) ? demoSeal.seal(DEMO_TOTP_SECRET, staffNo) : null,
        line,
      })
    }
  })
}
/** A member unit, by its id in the directory. */
export const UNIT = 'U-CG'
export const staffNoOf = (role: StaffRole): string => `20${staffRoles.indexOf(role)}`

/** The token of somebody of this role, at a desk where the role works at one. */
export async function tokenOf(
  app: FastifyInstance,
  role: StaffRole,
): Promise<{ token: string; storeId: string; device: string }> {
  const storeId = nextId()
  const device = await enrol(app, storeId)
  const staffNo = staffNoOf(role)
  const who = { staffNo, password: DEMO_PASSWORD, ...secondFactor(app, staffNo) }
  const payload = { ...who, storeId: may(role, 'sync') ? storeId : null }
  const answer = await postAs(app, '/sign-in', payload, device)
  if (answer.statusCode !== 200) throw new Error(`sign-in: ${answer.statusCode} ${answer.body}`)
  return { token: answer.json<{ token: string }>().token, storeId, device }
}

// What desks send ----------------------------------------------------------------------------------------------

let numbered = 0

export function someGroups(callerId: string, text = '路灯不亮'): OpenedGroups {
  return {
    classification: { kind: 'help', code: '0101' },
    place: { district: '蓬江区', street: null, address: '' },
    caller: { callerId },
    content: { text },
    reply: { mode: null, text: '', articles: [] },
  }
}

export function caseMutation(command: CaseCommand, author = '1001', at = 1000): Mutation {
  return { id: nextId(), at, author, session: null, body: { kind: 'case', command, caller: null } }
}

export type Opened = { readonly caseId: string; readonly callerId: string; readonly mutation: Mutation }

/** A mutation that opens a new case of a caller with this phone. */
export function openCase(phone = '13800138000', text = '路灯不亮', name = '来电人'): Opened {
  const caseId = nextId()
  const callerId = nextId()
  numbered += 1
  const caseNo = `JM20261123-A1-${String(numbered).padStart(4, '0')}`
  const command: CaseCommand = { type: 'case.open', caseId, caseNo, callId: null, groups: someGroups(callerId, text) }
  const mutation: Mutation = {
    id: nextId(),
    at: 1000,
    author: '1001',
    session: null,
    body: { kind: 'case', command, caller: { callerId, name, phone } },
  }
  return { caseId, callerId, mutation }
}

/** What who saw a case after these mutations on it goes upon, where each came upon all before it. */
export function baseAfter(...mutations: readonly Mutation[]): Base {
  const events: CaseEvent[] = []
  for (const { id: mutation, at, author: by, body } of mutations) {
    if (body.kind !== 'case') continue
    const { command } = body
    const context = { at, by, mutation, baseRevision: events.length }
    const decided = decideCase(foldCase(null, command.caseId, events), command, context)
    if (!decided.ok) throw new Error(decided.error.code)
    events.push(...decided.value)
  }
  return baseOf(events)
}

export function editContent(caseId: string, base: Base, text: string, author = '1001'): Mutation {
  return caseMutation({ type: 'case.edit', caseId, base, edits: [{ group: 'content', value: { text } }] }, author)
}

export function replyAtOnce(caseId: string, base: Base, text = '已答复'): Mutation {
  return caseMutation({ type: 'case.reply', caseId, base, reply: { mode: 'atOnce', text, articles: [] } })
}

/** A unit is to reply: the case waits for dispatch. */
export function replyLater(caseId: string, opened: string): Mutation {
  const reply = { mode: 'later' as const, text: '', articles: [] }
  return caseMutation({ type: 'case.reply', caseId, base: { mutation: opened }, reply })
}

export function callMutation(fact: CallFact, author = '1001'): Mutation {
  return { id: nextId(), at: fact.at, author, session: null, body: { kind: 'call', fact } }
}

/** One number out of the database, as its owner sees it. */
export async function count(db: Db, query: string, params: readonly string[] = []): Promise<number> {
  const [row] = await db.tx('owner', (sql) =>
    sql.query<{ n: number }>(`select count(*)::int as n from ${query}`, params),
  )
  return must(row, 'a count').n
}
