/** The audit on the administration's pages (AD5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShownAuditEntry } from '../../shared/admin/audit-page.ts'
import { appendAudit } from '../../central/audit/sql.ts'
import { verifyAudit } from '../../central/audit/verify.ts'
import { administrator, openAdminOffice, type AdminOffice } from './admin-office.ts'
import type { OpenDb } from './open-db.ts'

type Page = { readonly entries: readonly ShownAuditEntry[]; readonly next: string | null }

export function adminAuditContract(openDb: OpenDb): void {
  describe('the administration: the audit', () => {
    let office: AdminOffice
    let auditor: string
    beforeAll(async () => {
      office = await openAdminOffice(await openDb())
      const cookie = await office.signIn()
      await office.ask(cookie, 'PUT', '/admin/people/1001', { name: '王芳' })
      await office.ask(cookie, 'POST', '/admin/people/1002/deactivate', {})
      auditor = await office.signIn('auditor')
    })
    afterAll(() => office.close())
    const found = async (query: string) => (await office.ask(auditor, 'GET', `/admin/audit?${query}`))[1] as Page
    const actionsOf = async (query: string) => (await found(query)).entries.map(({ action }) => action)
    const chain = async () => (await office.ask(auditor, 'GET', '/admin/audit/chain'))[1]

    it('AD5.1 the auditor finds entries by person, as who did it or to whom, by kind and by day, the newest first', async () => {
      expect(await actionsOf(`who=${administrator}`)).toEqual([...['staff.deactivated', 'staff.changed', 'signIn.ok']])
      expect(await actionsOf('who=1002')).toEqual(['staff.deactivated', 'staff.added'])
      expect(await actionsOf('who=1001&action=staff.changed')).toEqual(['staff.changed'])
      expect((await found('who=1001&action=staff.changed')).entries).toMatchObject([
        { actor: administrator, object: '1001', detail: '{"changed":"name"}', place: null },
      ])
      // 10:00 of the 23rd in China; a day begins there at 16:00 of the day before.
      const { clock, db } = office.central
      const edge = Date.UTC(2026, 10, 23, 16)
      const at = (time: number) =>
        db.tx('sanxin_people', (sql) => appendAudit(sql, { at: time, actor: 'x', place: null, action: 'signOut' }))
      await at(edge - 1)
      await at(edge)
      expect(await actionsOf('who=x&day=2026-11-23')).toHaveLength(1)
      expect((await found('who=x&day=2026-11-24')).entries).toMatchObject([{ at: edge }])
      expect(clock.time).toBeLessThan(edge)
      expect((await office.ask(auditor, 'GET', '/admin/audit?day=tomorrow'))[0]).toBe(400)
    })

    it('AD5.2 in pages by a place: each entry once, whatever is appended meanwhile', async () => {
      const { db } = office.central
      const add = (many: number) =>
        db.tx('sanxin_people', async (sql) => {
          for (let one = 0; one < many; one += 1)
            await appendAudit(sql, { at: one, actor: 'many', place: null, action: 'signOut' })
        })
      await add(120)
      const seen: number[] = []
      let next: string | null = ''
      while (next !== null) {
        const page: Page = await found(`who=many${next === '' ? '' : `&after=${next}`}`)
        seen.push(...page.entries.map(({ seq }) => seq))
        next = page.next
        await add(1)
      }
      expect(seen).toEqual(seen.toSorted((a, b) => b - a))
      expect([seen.length, new Set(seen).size]).toEqual([120, 120])
    })

    it('AD5.3 whether the chain holds is told, as the command would, while others append; what was changed is named', async () => {
      const { db } = office.central
      const [told, , command] = await Promise.all([
        chain(),
        db.tx('sanxin_people', (sql) => appendAudit(sql, { at: 1, actor: 'y', place: null, action: 'signOut' })),
        verifyAudit(db),
      ])
      expect(told).toMatchObject({ flaw: null })
      expect(command.flaw).toBe(null)
      expect(await chain()).toEqual(await verifyAudit(db))
      const owner = (text: string) => db.tx('owner', (sql) => sql.query(text))
      await owner(`update audit set actor = '1003' where seq = 3`)
      expect(await chain()).toMatchObject({ flaw: { seq: 3, why: 'changed' } })
      await owner(`update audit set actor = null where seq = 3`)
      expect(await chain()).toMatchObject({ flaw: null })
      await owner('update audit_head set seq = seq + 5')
      expect(await chain()).toMatchObject({ flaw: { why: 'cut' } })
      await owner('update audit_head set seq = seq - 6')
      expect(await chain()).toMatchObject({ flaw: { why: 'head' } })
      await owner('update audit_head set seq = seq + 1')
    })
  })
}
