import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOidc } from '../../central/people/oidc.ts'
import { askIssuer } from '../../electron/ask-issuer.ts'
import type { OidcOffer } from '../../shared/sync/oidc.ts'
import { CLIENT, startIssuer, type Issuer } from '../central/support/issuer.ts'

let issuer: Issuer
let offer: OidcOffer
const oidc = () => createOidc({ ...CLIENT, issuer: issuer.url, claim: 'preferred_username' }, () => undefined)

beforeAll(async () => {
  issuer = await startIssuer()
  const offered = await oidc().offer()
  if (!offered.ok) throw new Error(offered.error.code)
  offer = offered.value
})
afterAll(() => issuer.close())

/** A browser on this machine: signs in at the issuer, and goes where it is sent. */
const browser = (visited: string[]) => async (address: string) => {
  const back = await issuer.browse(address, 'staff-1001')
  const page = await fetch(back)
  visited.push(back.origin, await page.text())
}

test('the desk is answered on this machine alone, and central learns the staff number of it', async () => {
  const visited: string[] = []
  const answer = await askIssuer(offer, { open: browser(visited), signal: new AbortController().signal })
  if (!answer.ok) throw new Error(answer.error.code)
  expect(await oidc().staffNoOf(answer.value)).toEqual({ ok: true, value: '1001' })
  expect(visited[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(visited[1]).toContain('回到三心')
  // The door is closed behind it.
  await expect(fetch(visited[0] ?? '')).rejects.toThrow('fetch failed')
})

test('whoever else knocks is told nothing, and an answer that was not asked for is none', async () => {
  const visited: string[] = []
  const open = async (address: string) => {
    const redirect = new URL(new URL(address).searchParams.get('redirect_uri') ?? '')
    for (const path of ['/', '/?code=x', '/?code=x&state=wrong', '/other'])
      expect((await fetch(new URL(path, redirect))).status).toBe(404)
    await browser(visited)(address)
  }
  expect((await askIssuer(offer, { open, signal: new AbortController().signal })).ok).toBe(true)
})

test('an operator who says no, or does not come back, is not signed in', async () => {
  const refusing = async (address: string) => {
    const { searchParams } = new URL(address)
    const back = new URL(searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('state', searchParams.get('state') ?? '')
    back.searchParams.set('error', 'access_denied')
    expect(await (await fetch(back)).text()).toContain('没有登录')
  }
  const { signal } = new AbortController()
  expect(await askIssuer(offer, { open: refusing, signal })).toMatchObject({ error: { code: 'notSignedIn' } })
  const leaving = new AbortController()
  const open = () => Promise.resolve(leaving.abort())
  expect(await askIssuer(offer, { open, signal: leaving.signal })).toMatchObject({ error: { detail: 'cancelled' } })
})
