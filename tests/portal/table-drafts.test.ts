/** Drafts of tables in the browser's storage: they outlive the page, and are hers alone. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { shippedBodies } from '../../shared/tables/tables.ts'

let storage: Map<string, string>
let events: EventTarget
let full = false
let drafts: typeof import('../../renderer/admin/tables/draft-store.ts')
let session: typeof import('../../renderer/admin/session.ts')

/** A page as it is after it was loaded, with somebody signed in. */
async function openPage(staffNo: string): Promise<void> {
  vi.resetModules()
  drafts = await import('../../renderer/admin/tables/draft-store.ts')
  session = await import('../../renderer/admin/session.ts')
  session.useSession.setState({ state: 'signedIn', me: { staffNo, name: 'n', role: 'monitor' } })
}

beforeEach(async () => {
  storage = new Map()
  events = new EventTarget()
  full = false
  vi.stubGlobal('window', events)
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException('full', 'QuotaExceededError')
      storage.set(key, value)
    },
    removeItem: (key: string) => storage.delete(key),
  })
  await openPage('1010')
})
afterEach(() => vi.unstubAllGlobals())

const standing = { version: 3, body: shippedBodies.script }
const draftOf = (name: 'script' | 'forbiddenWords') => drafts.useDrafts.getState()[name]
const isAskedBefore = () => {
  const closing = new Event('beforeunload', { cancelable: true })
  events.dispatchEvent(closing)
  return closing.defaultPrevented
}

test('AP16 what was typed stands after a reload, an empty field and the reason as well', async () => {
  const body = structuredClone(shippedBodies.script)
  const [first] = body.sentences
  if (first) first.say.zh = ''
  drafts.changeDraft('script', standing, { body })
  drafts.changeDraft('script', standing, { why: '换个说法' })
  expect(isAskedBefore()).toBe(false)
  await openPage('1010')
  expect(draftOf('script')).toEqual({ base: 3, body, text: null, why: '换个说法', flaws: [] })
})

test('AP16 it is hers alone, and gone once it was published or discarded', async () => {
  drafts.changeDraft('script', standing, { why: '换个说法' })
  await openPage('1011')
  expect(draftOf('script')).toBeUndefined()
  await openPage('1010')
  drafts.discardDraft('script')
  await openPage('1010')
  expect([draftOf('script'), storage.size]).toEqual([undefined, 0])
})

test('AP16 two pages keep their drafts beside each other', async () => {
  const other = drafts
  await openPage('1010')
  drafts.changeDraft('forbiddenWords', { version: 0, body: { words: [] } }, { why: '一' })
  other.changeDraft('script', standing, { why: '二' })
  await openPage('1010')
  expect([draftOf('script')?.why, draftOf('forbiddenWords')?.why]).toEqual(['二', '一'])
})

test('AP16 a draft of another shape is shown as text, and nothing of it is lost', async () => {
  const body = { moments: ['older'] }
  storage.set('sanxin.tables.1010.script', JSON.stringify({ base: 1, body, text: null, why: '' }))
  storage.set('sanxin.tables.1010.forbiddenWords', '{broken')
  await openPage('1010')
  expect(JSON.parse(draftOf('script')?.text ?? '')).toEqual(body)
  expect(draftOf('forbiddenWords')).toBeUndefined()
})

test('AP16 where the browser has no room the page asks before it is closed', () => {
  full = true
  drafts.changeDraft('script', standing, { why: '换个说法' })
  expect(isAskedBefore()).toBe(true)
  full = false
  drafts.changeDraft('script', standing, { why: '换个说法。' })
  expect(isAskedBefore()).toBe(false)
})
