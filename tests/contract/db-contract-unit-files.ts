/** What somebody of a unit has begun to write, and the files that go along with it (U6 …), over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attachment } from '../../shared/unit/attachment.ts'
import type { OpenDb } from './open-db.ts'
import * as given from './db-fixture.ts'
import { openUnitOffice, OTHER, PNG, said, type UnitOffice } from './unit-office.ts'

const { nextId, UNIT } = given

export function unitFilesContract(openDb: OpenDb): void {
  describe('words and files of the member units', () => {
    let office: UnitOffice
    beforeAll(async () => {
      office = await openUnitOffice(await openDb())
    })
    afterAll(() => office.close())

    it('U6 words that were begun are hers alone, outlive the session, and are gone with the step that says them', async () => {
      const caseId = await office.inHand()
      const [first, colleague] = [await office.signIn(), await office.signIn('3001')]
      const keep = (cookie: string, text: string, kind = 'answer') =>
        office.ask(cookie, `/unit/drafts/${caseId}/${kind}`, { method: 'PUT', payload: { text } })
      expect((await keep(first, '已到现\u0000场')).statusCode).toBe(200)
      expect((await keep(colleague, '我也在写')).statusCode).toBe(200)
      await office.ask(first, '/unit/sign-out', { method: 'POST' })
      const again = await office.signIn()
      expect(await office.drafts(again, caseId)).toMatchObject([{ kind: 'answer', text: '已到现\ufffd场' }])
      expect((await office.steps(colleague, caseId, { type: 'answer', text: '已修好' })).statusCode).toBe(200)
      // The second one to answer is told how it stands, and her words are still there.
      expect(said(await office.steps(again, caseId, { type: 'answer', text: '晚了' }))).toEqual([
        409,
        { code: 'illegalTransition', detail: 'answered' },
      ])
      expect(await office.drafts(again, caseId)).toHaveLength(1)
      expect(await office.drafts(colleague, caseId)).toEqual([])
      expect((await keep(again, '')).statusCode).toBe(200)
      expect(await office.drafts(again, caseId)).toEqual([])
    })

    it('U7 who is of another unit keeps nothing there; five megabytes are refused, and nothing of them is said', async () => {
      const caseId = await office.inHand()
      const cookie = await office.signIn('3002')
      const url = `/unit/drafts/${caseId}/answer`
      expect(said(await office.ask(cookie, url, { method: 'PUT', payload: { text: '偷写' } }))).toEqual([
        404,
        { code: 'notFound' },
      ])
      expect(said(await office.steps(cookie, caseId, { type: 'answer', text: '代答' }))).toEqual([
        404,
        { code: 'notFound' },
      ])
      expect(said(await office.put(cookie, caseId, PNG))).toEqual([404, { code: 'notFound' }])
      const huge = '长'.repeat(1_700_000)
      const own = await office.signIn()
      const tooLarge = [413, { code: 'invalidInput', detail: 'tooLarge' }]
      expect(said(await office.ask(own, url, { method: 'PUT', payload: { text: huge } }))).toEqual(tooLarge)
      expect(said(await office.steps(own, caseId, { type: 'answer', text: huge }))).toEqual(tooLarge)
      expect(said(await office.steps(own, caseId, { type: 'answer', text: '长'.repeat(10_001) }))).toEqual([
        400,
        { code: 'invalidInput', detail: 'step.text' },
      ])
    })

    it('U8 words of a case that left the unit are still hers to read', async () => {
      const caseId = await office.inHand()
      const cookie = await office.signIn()
      const url = `/unit/drafts/${caseId}/answer`
      await office.ask(cookie, url, { method: 'PUT', payload: { text: '写到一半' } })
      await office.centreSteps(caseId, { type: 'redispatch', unit: OTHER, reason: '改派' })
      expect(await office.drafts(cookie, caseId)).toMatchObject([{ text: '写到一半' }])
      expect((await office.ask(cookie, url, { method: 'PUT', payload: { text: '还写' } })).statusCode).toBe(404)
    })

    it('U9 a file is taken by its bytes, under a safe name, and goes along with the answer', async () => {
      const caseId = await office.inHand()
      const cookie = await office.signIn()
      const id = nextId()
      const name = '../../etc/\u202Egnp.照片.exe'
      const first = await office.put(cookie, caseId, PNG, name, id)
      expect(first.json()).toMatchObject({ name: 'gnp.照片.exe.png', type: 'image/png', size: 48, sentAt: null })
      // Sent again it is there once; other bytes under its id are not taken.
      expect((await office.put(cookie, caseId, PNG, name, id)).statusCode).toBe(200)
      expect(said(await office.put(cookie, caseId, Buffer.concat([PNG, PNG]), name, id))).toEqual([
        400,
        { code: 'invalidInput', detail: 'id' },
      ])
      expect(await office.files(cookie, caseId)).toHaveLength(1)
      // An id of another case is taken, though the bytes are the same: to say that it is there would lose the file.
      const another = await office.inHand()
      expect(said(await office.put(cookie, another, PNG, name, id))).toEqual([
        400,
        { code: 'invalidInput', detail: 'id' },
      ])
      const refused = (detail: string) => [400, { code: 'invalidInput', detail }]
      expect(said(await office.put(cookie, caseId, Buffer.from('<script>1</script>'), '照片.png'))).toEqual(
        refused('foreignType'),
      )
      expect(said(await office.put(cookie, caseId, Buffer.from('MZ\u0090\u0000'), '说明.pdf'))).toEqual(
        refused('foreignType'),
      )
      expect(said(await office.put(cookie, caseId, Buffer.alloc(0)))).toEqual(refused('empty'))
      expect(said(await office.put(cookie, caseId, Buffer.alloc(11 * 1024 * 1024, 0xff)))).toEqual([
        413,
        { code: 'invalidInput', detail: 'tooLarge' },
      ])

      // Before it is sent, the centre does not see it; afterwards whoever reads the case does.
      const seen = async () =>
        (
          await office.central.app.inject({
            url: `/cases/${caseId}/attachments`,
            headers: { authorization: `Bearer ${office.monitor}` },
          })
        ).json<{ attachments: Attachment[] }>().attachments.length
      expect(await seen()).toBe(0)
      await office.steps(cookie, caseId, { type: 'answer', text: '见照片' })
      expect(await seen()).toBe(1)
      const got = await office.ask(cookie, `/cases/${caseId}/attachments/${id}`)
      expect(got.rawPayload.equals(PNG)).toBe(true)
      expect(got.headers).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': `attachment; filename="file"; filename*=UTF-8''gnp.${encodeURIComponent('照片')}.exe.png`,
        'cache-control': 'no-store',
      })
      // What was sent is not taken back, and who is of another unit sees none of it.
      const url = `/cases/${caseId}/attachments/${id}`
      expect((await office.ask(cookie, url, { method: 'DELETE' })).statusCode).toBe(404)
      const other = await office.signIn('3002')
      expect((await office.ask(other, url)).statusCode).toBe(404)
      expect(await office.files(other, caseId)).toEqual([])
    })

    it('U9 a unit that takes part sees what was sent, not what the one that leads is still writing', async () => {
      const caseId = await office.inHand()
      const [lead, part] = [await office.signIn(), await office.signIn('3002')]
      await office.steps(lead, caseId, { type: 'invite', units: [OTHER] })
      await office.put(lead, caseId, PNG)
      await office.put(part, caseId, PNG)
      expect(await office.files(part, caseId)).toMatchObject([{ unit: OTHER }])
      await office.steps(part, caseId, { type: 'contribute', text: '水管已修' })
      expect((await office.files(lead, caseId)).map(({ unit, sentAt }) => [unit, sentAt === null])).toEqual([
        [UNIT, true],
        [OTHER, false],
      ])
    })

    it('U10 a file that was not sent is taken back; more than twenty are not taken', async () => {
      const caseId = await office.inHand()
      const cookie = await office.signIn()
      const ids = Array.from({ length: 20 }, () => nextId())
      for (const id of ids) expect((await office.put(cookie, caseId, PNG, 'a.png', id)).statusCode).toBe(200)
      expect(said(await office.put(cookie, caseId, PNG))).toEqual([400, { code: 'invalidInput', detail: 'tooMany' }])
      expect(
        (await office.ask(cookie, `/cases/${caseId}/attachments/${ids[0]}`, { method: 'DELETE' })).statusCode,
      ).toBe(200)
      expect((await office.put(cookie, caseId, PNG)).statusCode).toBe(200)
    })

    it('U16 with a case that is archived goes what was begun and never sent; what was sent stays', async () => {
      const caseId = await office.inHand()
      const [first, colleague] = [await office.signIn(), await office.signIn('3001')]
      await office.put(first, caseId, PNG)
      await office.steps(first, caseId, { type: 'answer', text: '好了' })
      await office.put(colleague, caseId, PNG)
      const unsaid = { method: 'PUT' as const, payload: { text: '没说出来的' } }
      await office.ask(colleague, `/unit/drafts/${caseId}/answer`, unsaid)
      const visit = { reached: true, solved: true, rating: 5, note: '' }
      for (const step of [
        { type: 'visit' as const, ...visit },
        { type: 'settle' as const },
        { type: 'archive' as const },
      ])
        await office.centreSteps(caseId, step)
      expect(await office.drafts(colleague, caseId)).toEqual([])
      expect((await office.files(first, caseId)).map(({ sentAt }) => sentAt === null)).toEqual([false])
    })

    it('H20 who sends files in a flood slows himself: four are on the way at a time', async () => {
      const caseId = await office.inHand()
      const cookie = await office.signIn()
      const gate = Promise.withResolvers<void>()
      const locked = Promise.withResolvers<void>()
      const holding = office.central.db.tx('owner', async (sql) => {
        await sql.script('lock table attachments in access exclusive mode')
        locked.resolve()
        await gate.promise
      })
      await locked.promise
      // Asked at once, not when it is awaited.
      const onTheWay = Array.from({ length: 4 }, async () => (await office.put(cookie, caseId, PNG)).statusCode)
      expect((await office.put(cookie, caseId, PNG)).statusCode).toBe(429)
      gate.resolve()
      await holding
      expect(await Promise.all(onTheWay)).toEqual([200, 200, 200, 200])
      expect((await office.put(cookie, caseId, PNG)).statusCode).toBe(200)
    })
  })
}
