import { vi } from 'vitest'

/** Waits for a condition that has no event of its own. */
export async function until(condition: () => boolean | Promise<boolean>, timeout = 15_000): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`not yet: ${condition.toString()}`)
    },
    { timeout, interval: 20 },
  )
}
