/** As a centre runs it: an address in front ends TLS, and central hears plain HTTP with the Host as the browser sent it. */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, signIn, startCentre, type Centre } from './fixture.ts'

const certificates = join(import.meta.dirname, '../e2e/shift/certificates')

let centre: Centre
let front: Server
let url: string
beforeAll(async () => {
  centre = await startCentre()
  const pem = (name: string) => readFileSync(join(certificates, name))
  // Nobody vouches for it: the browser is told to take it all the same.
  front = createServer({ key: pem('nobody.key.pem'), cert: pem('nobody.pem') }, (asked, reply) => {
    const { method, headers, url: path } = asked
    const passed = request(`${centre.url}${path}`, { method, headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    })
    asked.pipe(passed)
  })
  await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening))
  url = `https://127.0.0.1:${(front.address() as AddressInfo).port}`
})
afterAll(async () => {
  front?.closeAllConnections()
  front?.close()
  await centre?.close()
})

it('UP23 over https the session is a Secure cookie of this host alone, and the work goes on as without', async () => {
  const caseId = await centre.dispatched('路灯不亮')
  const { page, context } = await openPage({ ...centre, url }, { insecure: true })
  await signIn(page, '3001')
  await page.getByRole('link', { name: /路灯不亮/ }).click()
  await page.getByRole('button', { name: '签收', exact: true }).click()
  await page.locator('[data-testid=state][data-state=inHand]').waitFor()
  const [cookie, ...others] = await context.cookies()
  expect(others).toEqual([])
  expect(cookie).toMatchObject({ name: '__Host-sanxin', secure: true, httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(page.url()).toBe(`${url}/unit/#/cases/${caseId}`)
  await context.close()
})
