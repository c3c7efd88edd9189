/** What the operator is told, and what is done for her, while the index of the knowledge base is behind. */
import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { signOf } from '../../renderer/desk/header/sync-words.ts'
import { clearSearch, searchAgainWith, setQuery, useKnowledge } from '../../renderer/desk/knowledge/knowledge-store.ts'
import { SCANNED } from '../../shared/kb/indexing.ts'
import { FakeDesktop } from './fake-bridge.ts'
import { openWindow, until } from './fake-window.ts'

const t = ((key: string, values?: Record<string, unknown>) =>
  values ? `${key} ${JSON.stringify(values)}` : key) as unknown as TFunction
const up = { state: 'up', code: null } as const
const state = (more: object) => ({
  sync: { ...new FakeDesktop().sync, articles: 1000, ...more },
  services: { store: up, phone: up },
  today: null,
})

test('S12.2 the sign says how far the index is, where a search does not find all; what is graver goes first', () => {
  expect(signOf(state({ unindexed: SCANNED }), t).words).toBe('sync.synced')
  const behind = { unindexed: SCANNED + 1 }
  const words = `sync.indexing {"done":${1000 - SCANNED - 1},"all":1000}`
  expect(signOf(state(behind), t)).toEqual({ shape: 'disc', tone: 'ok', words })
  expect(signOf(state({ ...behind, late: 1 }), t).words).toBe('sync.late {"n":1}')
  const fetching = { shape: 'half', tone: 'ok', words: 'sync.fetching {"n":1000}' }
  expect(signOf(state({ ...behind, more: true }), t)).toEqual(fetching)
  expect(signOf(state({ more: true, central: 'unreachable' }), t).words).toContain('sync.unreachable')
})

test('S12.2 what found nothing is searched again when the index is whole, and what found something stays', async () => {
  const world = openWindow()
  const searches = () => world.calls.filter(({ name }) => name === 'kb.search').length
  const [behind, whole] = [state({ unindexed: 1000 }), state({ unindexed: 0 })]
  setQuery('路灯', false)
  await until(() => useKnowledge.getState().answer !== null, 'an answer')
  searchAgainWith(behind, state({ unindexed: 1000 }))
  expect(searches()).toBe(1)
  world.articles = [
    {
      ...{ id: 'KB-1', version: 1, title: '路灯报修', body: '', snippet: '', source: '' },
      ...{ unit: '', district: null, validUntil: '2027-01-01', expired: false, notBefore: null },
    },
  ]
  searchAgainWith(whole, behind)
  await until(() => useKnowledge.getState().answer?.hits.length === 1, 'the article')
  searchAgainWith(whole, behind)
  expect(searches()).toBe(2)
  clearSearch()
})
