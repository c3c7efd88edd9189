import { emptyForm } from '../../shared/case/case-form.ts'
import { rankEntry } from '../../shared/directory/match.ts'
import { fail, ok, type Result } from '../../shared/errors.ts'
import type { Refused, Session } from '../../shared/ipc.ts'
import { shippedDeadlines } from '../../shared/case/shipped-deadlines.ts'
import { namesCitizen } from '../../shared/kb/names-citizen.ts'
import { indexTokens, queryTerms } from '../../shared/kb/grams.ts'
import { anywhere, type ArticleHit } from '../../shared/kb/hit.ts'
import { createSheetBook } from '../../shared/kb/sheet-book.ts'
import type { FakeDesktop, Handlers } from './fake-bridge.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'

function offList(world: FakeDesktop, id: string): Refused | null {
  const entry = world.refused.find((each) => each.id === id) ?? null
  world.refused = world.refused.filter((each) => each !== entry)
  if (entry) world.tellLists()
  return entry
}

function search(articles: readonly ArticleHit[], query: string): ArticleHit[] {
  const tokens = queryTerms(query).flatMap((term) => term.tokens)
  return articles.filter(({ title, body }) => {
    const there = new Set(indexTokens(`${title}\n${body}`))
    return tokens.length > 0 && tokens.every((token) => there.has(token))
  })
}

/** What the tables of the articles answer now. */
function sheetOf(articles: readonly ArticleHit[], query: string) {
  const book = createSheetBook(articles.map(({ sheets = [], ...article }) => ({ ...article, sheets })))
  return book.answer(query, { at: Date.now(), days: shippedDeadlines.days, initialsOf: null })
}

/** What the store of an invented desktop answers, and main of who is signed in. */
export function storeHandlers(world: FakeDesktop): Handlers {
  let numbered = 416
  return {
    'app.info': () => ok(world.info),
    'device.state': () => ok({ state: world.device }),
    'device.enrol': () => {
      if (world.enrolFault) return fail(world.enrolFault)
      world.device = 'enrolled'
      return ok({ state: world.device })
    },
    'session.current': () => ok(world.session),
    'session.ways': () => ok({ issuer: world.issuer }),
    // Whoever is in the browser comes back when the world says so.
    'session.signInByIssuer': () => new Promise<Result<Session>>((resolve) => (world.backFromBrowser = resolve)),
    'session.cancelIssuer': () => {
      world.backFromBrowser(fail('notSignedIn', 'cancelled'))
      return ok(null)
    },
    'session.signIn': ({ staffNo, code }) => {
      if (world.wantsCode && code !== '123456') return fail(code === undefined ? 'codeRequired' : 'codeWrong')
      if (world.signInFault) return fail(world.signInFault, world.signInFault === 'lockedOut' ? '12' : undefined)
      world.session = {
        operator: { staffNo, name: '林晓', role: 'operator' },
        deskCode: 'A1',
        numberPlan: defaultNumberPlan,
      }
      return ok(world.session)
    },
    'session.renew': ({ code }) => {
      if (world.wantsCode && code !== '123456') return fail(code === undefined ? 'codeRequired' : 'codeWrong')
      return world.signInFault ? fail(world.signInFault) : ok(null)
    },
    'session.signOut': () => ok(null),
    'tables.current': () => ok(world.tables),
    'call.marks': ({ callId }) => ok(world.marks.get(callId) ?? { warnings: [], recording: null }),
    'call.settle': () => ok(null),
    'call.shift': () => ok([...world.shift]),
    'call.nextOwed': () => ok(world.shift.find(({ owed }) => owed) ?? null),
    'directory.search': ({ query }) => {
      const byRank = world.directory
        .map((entry) => ({ entry, rank: query === '' ? 0 : rankEntry(entry, [...entry.id], query) }))
        .filter(({ rank }) => rank !== null)
        .toSorted((a, b) => Number(world.stars.has(b.entry.id)) - Number(world.stars.has(a.entry.id)))
      return ok({ query, hits: byRank.map(({ entry }) => ({ entry, starred: world.stars.has(entry.id) })) })
    },
    'directory.starred': () => ok(world.directory.filter(({ id }) => world.stars.has(id))),
    'directory.star': ({ id, starred }) => {
      if (starred) world.stars.add(id)
      else world.stars.delete(id)
      return ok(null)
    },
    'draft.reopen': ({ caseId }) => {
      const saved = world.shift.find((call) => call.caseId === caseId)
      if (!saved || saved.caseNo === null) return fail('notFound')
      const { callId, caseNo, number, at } = saved
      const form = { ...emptyForm(number), content: '路灯不亮，东华一路近菜市场' }
      world.drafts.set(caseId, { caseId, callId, caseNo, form, startedAt: at, updatedAt: at, clean: true })
      return ok(null)
    },
    'draft.save': ({ author, ...draft }) => {
      const updatedAt = Date.now()
      const { caseId } = draft
      const clean = world.stands.isClean(caseId, draft.form)
      world.drafts.set(caseId, { ...draft, updatedAt, clean, caseNo: world.drafts.get(caseId)?.caseNo ?? null })
      world.authors.set(caseId, author)
      return ok({ updatedAt })
    },
    'draft.list': () => ok([...world.drafts.values()]),
    'draft.discard': ({ caseId }) => {
      world.drafts.delete(caseId)
      return ok(null)
    },
    'case.save': ({ caseId, form }) => {
      const draft = world.drafts.get(caseId)
      const caseNo = draft?.caseNo ?? `JM20261123-A1-${String((numbered += 1)).padStart(4, '0')}`
      world.stands.save(caseId, form)
      if (draft) world.drafts.set(caseId, { ...draft, caseNo, clean: world.stands.isClean(caseId, draft.form) })
      return ok({ caseNo, savedAt: Date.now() })
    },
    'case.joinCall': ({ caseId }) => {
      if (world.joinFault !== null) return { ok: false, error: world.joinFault }
      world.drafts.delete(caseId)
      return ok({ savedAt: Date.now() })
    },
    'case.ofCaller': () => ok({ cases: world.cases, complete: world.complete }),
    'desk.today': () =>
      ok({ answered: 37, missed: 1, repliesOwed: 0, callsOwed: world.shift.filter(({ owed }) => owed).length }),
    'kb.suggest': () => ok(world.suggested),
    'kb.search': ({ query, scope = anywhere }) =>
      ok({
        query,
        hits: search(world.articles, query).filter(
          ({ unit, district }) =>
            (scope.unit === null || scope.unit === unit) &&
            (scope.district === null || district === null || scope.district === district),
        ),
        marks: queryTerms(query).map((term) => term.text),
        near: false,
        sheet: sheetOf(world.articles, query),
      }),
    'kb.news': ({ used }) =>
      ok(world.news.filter((one) => used.some(({ id, version }) => id === one.id && version === one.version))),
    'kb.wrongWords': ({ articleId }) => ok(world.wrongWords.get(articleId) ?? null),
    'kb.keepWrong': ({ articleId, words }) => {
      world.wrongWords.set(articleId, words)
      return ok(null)
    },
    'kb.wrong': ({ articleId, words }) => {
      if (namesCitizen(words, [])) return fail('invalidInput', 'citizen')
      world.wrongWords.delete(articleId)
      return ok({ savedAt: Date.now() })
    },
    'kb.gap': () => ok(null),
    'sync.refused': () => ok(world.refused),
    'sync.takeBack': ({ id }) => {
      const entry = offList(world, id)
      if (!entry?.form) return fail('notFound')
      const at = Date.now()
      const { form, caseNo } = entry
      // As the store does it: beside what is there, never over it.
      const there = [...world.drafts.values()].find((draft) => caseNo !== null && draft.caseNo === caseNo)
      if (there && JSON.stringify(there.form) === JSON.stringify(form)) {
        world.drafts.set(there.caseId, { ...there, clean: false })
        world.stands.seen.delete(there.caseId)
        return ok({ caseId: there.caseId })
      }
      const callId = entry.what === 'case.open' ? (there?.callId ?? null) : null
      const own = there ? null : caseNo
      world.drafts.set(id, { caseId: id, callId, form, startedAt: at, updatedAt: at, caseNo: own, clean: false })
      return ok({ caseId: id })
    },
    'sync.dismiss': ({ id }) => {
      offList(world, id)
      return ok(null)
    },
    'sync.late': () => ok(world.stands.list()),
    'case.settle': (input) => {
      const answer = world.stands.settle(input)
      world.tellLists()
      return answer
    },
    'case.standing': ({ caseId }) => ok(world.stands.standing(caseId)),
    'draft.follow': (input) => {
      world.stands.follow(input)
      return ok(null)
    },
    'sync.status': () => ok(world.sync),
  }
}
