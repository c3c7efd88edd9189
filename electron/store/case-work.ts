/** The commands of the work on cases after their call; each needs to know who asks. */
import { callsOfCase, withoutHidden } from '../../shared/case/case-calls.ts'
import type { CallerIdentity, CaseRecord } from '../../shared/case/case-record.ts'
import type { CasePage, Stepped } from '../../shared/case/case-page.ts'
import { matterOfCase, score } from '../../shared/case/form-check.ts'
import { fieldsOfCase, formsAtHand } from '../../shared/case/particular-lines.ts'
import { deadlineOfCase } from '../../shared/case/standing.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { CommandInput, CommandOutput, Handlers } from '../../shared/ipc.ts'
import { loadReadings } from '../../shared/kb/initials.ts'
import type { Ids } from '../../shared/ports.ts'
import type { CaseRules } from '../../shared/tables/case-rules.ts'
import type { AskCentral } from './ask-central.ts'
import { createCallerCases } from './caller-cases.ts'
import { createCaseFinder } from './case-finder.ts'
import { createSimilarFinder } from './similar-finder.ts'
import { createCaseTable } from './case-table.ts'
import { createCaseSteps } from './case-steps.ts'
import { seesCallerHere } from './shown-caller.ts'
import { createSavedFilters } from './db/saved-filters.ts'
import { createStepWordTable } from './db/step-words.ts'
import { isAway, type CentralClient } from './sync/central-client.ts'
import { hersAmong, projectEvents, type ReplicaTables } from './sync/replica.ts'
import type { SignedIn, SyncEngine } from './sync/sync-engine.ts'

type Name =
  | Exclude<keyof typeof import('../../shared/ipc/case-work.ts').caseWorkCommands, 'desk.print'>
  | 'case.saveTable'
  | 'case.ofCaller'

type Deps = {
  readonly tables: ReplicaTables
  readonly rules: () => CaseRules
  readonly client: CentralClient
  readonly engine: Pick<SyncEngine, 'status' | 'sessionOver' | 'kick'>
  readonly ask: AskCentral
  readonly who: () => SignedIn | null
  readonly ids: Ids
  readonly now: () => number
  readonly publish: (name: 'table.progress', data: { readonly bytes: number }) => void
  /** Lets the store do something else. */
  readonly turn?: () => Promise<unknown>
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

export function createCaseWork({
  tables,
  rules,
  client,
  engine,
  ask,
  who,
  ids,
  now,
  publish,
  turn = nextTurn,
}: Deps): Pick<Handlers<'store'>, Name> {
  const { db, cases, directory } = tables
  const find = createCaseFinder(cases, () => rules().deadlines, turn)
  const similar = createSimilarFinder(cases, () => rules().deadlines, turn)
  const filters = createSavedFilters(db)
  const callerCases = createCallerCases(cases, client)
  const saveTable = createCaseTable({
    client: client.cases,
    now,
    progress: (bytes) => publish('table.progress', { bytes }),
  })
  const steps = createCaseSteps({ table: createStepWordTable(db), client, ids, now })

  /** Runs `act` as whoever sits here. */
  function asHer<N extends Name>(
    act: (input: CommandInput<N>, author: SignedIn) => Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>,
  ) {
    return async (input: CommandInput<N>): Promise<Result<CommandOutput<N>>> => {
      const author = who()
      return author === null ? fail('notSignedIn') : act(input, author)
    }
  }

  /** Asks central in her name; null where it is away or has not let her in. Its own refusals are its word. */
  async function askCentral<T>(
    author: SignedIn,
    question: (token: string) => Promise<Result<T>>,
  ): Promise<Result<T> | null> {
    const answer = await ask(author, question)
    return !answer.ok && (isAway(answer.error) || answer.error.code === 'notSignedIn') ? null : answer
  }

  /** Finds who called about a case, but for those of one that was joined into it, is secret here, and was not hers. */
  function findCallerOf({ life }: CaseRecord, staffNo: string) {
    return (callerId: string): CallerIdentity | null => {
      const call = life.calls.find((one) => one.callerId === callerId)
      // As what her call was handed over is what its case was then; here it may have become a report since.
      const joined = call?.from == null ? null : (cases.get(call.from)?.record ?? null)
      const secret = joined?.secret === true
      return call === undefined || seesCallerHere({ secret, openedBy: call.takenBy }, staffNo)
        ? cases.caller(callerId)
        : null
    }
  }

  function ownPage(caseId: string, staffNo: string): CasePage | null {
    const looker = { staffNo, role: 'operator' } as const
    const stored = cases.get(caseId)
    if (stored === null) return null
    const { record, events } = stored
    const taken = events.filter((event): event is Stepped => event.type === 'caseStepped')
    const reporterHidden = !seesCallerHere(record, staffNo)
    const caller = reporterHidden ? null : cases.caller(record.groups.caller.callerId)
    const by = rules()
    const [sign, answer] = (['sign', 'answer'] as const).map((phase) => deadlineOfCase(record, phase, by.deadlines))
    const all = projectEvents(events, caseId, tables.outbox.pendingOfCase(caseId), hersAmong(tables.cases)).events
    const forms = formsAtHand(record.groups.particulars.version, by.form)
    const calls = callsOfCase(record, all, looker, findCallerOf(record, staffNo))
    const shown = withoutHidden(record, calls)
    return {
      ...{ record: shown, steps: taken, caller, reporterHidden, fields: fieldsOfCase(record, caller, forms) },
      score: caller === null ? null : score(by.form, matterOfCase(record, caller), by),
      deadlines: { sign: sign ?? null, answer: answer ?? null },
      ...{ calls, children: [], unproved: [] },
    }
  }

  return {
    'case.find': asHer<'case.find'>(async (query, author) => {
      const found = await askCentral(author, (token) => client.cases.find(token, query))
      if (found !== null) return found.ok ? ok({ list: found.value, from: 'central' }) : found
      return ok({ list: await find(query, now(), author.staffNo), from: 'desk' })
    }),
    'case.similar': asHer<'case.similar'>(async (query, author) => {
      const found = await askCentral(author, (token) => client.cases.similar(token, query))
      if (found !== null) return found.ok ? ok({ ...found.value, from: 'central' }) : found
      return ok({ cases: await similar(query, now()), from: 'desk' })
    }),
    'case.ofCaller': asHer<'case.ofCaller'>(async ({ phone }, author) => {
      const found = await callerCases(phone, author.staffNo, author.token)
      if (found.sessionOver) engine.sessionOver(author)
      return ok({ cases: found.cases, complete: found.complete })
    }),
    'case.counts': asHer<'case.counts'>(
      async (_, author) =>
        (await askCentral(author, (token) => client.cases.counts(token))) ?? fail('centralUnreachable'),
    ),
    'case.units': asHer<'case.units'>(async () => {
      if (directory.isUnread()) directory.read(await loadReadings())
      return ok(directory.units())
    }),
    'case.page': asHer<'case.page'>(async ({ caseId }, author) => {
      const read = await askCentral(author, (token) => client.cases.read(token, caseId))
      if (read?.ok) return ok({ page: read.value, from: 'central' })
      // A case that was just saved may not be at central yet.
      if (read !== null && read.error.code !== 'notFound') return read
      const page = ownPage(caseId, author.staffNo)
      return page === null ? (read ?? fail('centralUnreachable')) : ok({ page, from: 'desk' })
    }),
    'case.printed': asHer<'case.printed'>(async ({ caseId }, author) => {
      const told = await askCentral(author, (token) => client.cases.printed(token, caseId))
      return told === null ? fail('centralUnreachable') : told.ok ? ok(null) : told
    }),
    'case.saveTable': asHer<'case.saveTable'>(async (wanted, author) => {
      const saved = await askCentral(author, (token) => saveTable(wanted, token))
      return saved ?? fail('centralUnreachable')
    }),
    'case.step': asHer<'case.step'>(async ({ caseId, step }, author) => {
      const { staffNo, token } = author
      // Nothing is queued: what becomes of a case is central's to decide, now.
      if (token === null || engine.status().central === 'unreachable') return fail('centralUnreachable', 'notSent')
      const taken = await steps.take(caseId, step, { staffNo, token })
      if (taken.ok) engine.kick()
      else if (taken.error.code === 'notSignedIn') engine.sessionOver(author)
      return taken
    }),
    'case.words': asHer<'case.words'>(({ caseId }, { staffNo }) => ok(steps.words(caseId, staffNo))),
    'case.keepWords': ({ caseId, words, author }) => steps.keep(caseId, author, words),
    'case.dropWords': asHer<'case.dropWords'>(({ caseId }, { staffNo }) => {
      steps.drop(caseId, staffNo)
      return ok(null)
    }),
    'case.filters': asHer<'case.filters'>((_, { staffNo }) => ok(filters.list(staffNo))),
    'case.keepFilter': asHer<'case.keepFilter'>((filter, { staffNo }) => {
      filters.keep(staffNo, filter)
      return ok(null)
    }),
    'case.dropFilter': asHer<'case.dropFilter'>(({ name }, { staffNo }) => {
      filters.drop(staffNo, name)
      return ok(null)
    }),
  }
}
