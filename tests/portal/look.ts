/** A view as axe-core sees it, and a picture of it for eyes. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { phone, wide } from './fixture.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Where pictures are left, for eyes; by hand only. */
const PICTURES = process.env['SANXIN_PORTAL_PICTURES']

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** How a seat is opened whose views are looked at both ways: on a telephone every way to them is there as well. */
export const onTelephone = { viewport: phone, dark: true } as const

/** Nothing stands beside the page, where it would have to be scrolled to. */
export async function isWhole(page: Page): Promise<void> {
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(scroll).toBe(client)
}

/** Looks at a view that was opened on a telephone in the dark, there and at a desk by day (by touch still); it is back there afterwards. */
export async function lookBothWays(page: Page, name: string): Promise<void> {
  await look(page, `${name} dark on a telephone`)
  await isWhole(page)
  await page.setViewportSize(wide)
  await page.emulateMedia({ colorScheme: 'light' })
  await look(page, `${name} light`)
  await isWhole(page)
  await page.setViewportSize(phone)
  await page.emulateMedia({ colorScheme: 'dark' })
}

/** Expects no violation in what the page shows; with SANXIN_PORTAL_PICTURES=FOLDER a picture of it stays. */
export async function look(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
  // The page's policy lets no script in: axe comes by the browser's own door, once while the page stands.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    type Axe = { run(options: { resultTypes: string[] }): Promise<{ violations: Violation[] }> }
    const { axe } = window as unknown as { axe: Axe }
    // What passes is not described.
    return (await axe.run({ resultTypes: ['violations'] })).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    }))
  })
  expect(found, name).toEqual([])
}
