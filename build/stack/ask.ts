import type { Page } from 'playwright-core'
import type { Bridge } from '../../shared/bridge.ts'
import type { CommandInput, CommandName, CommandOutput } from '../../shared/ipc.ts'

/** Asks the phone through the desk's own bridge, as its keys do; fails with the code of a refusal. */
export async function askPhone<N extends Extract<CommandName, `phone.${string}`>>(
  desk: Page,
  name: N,
  input: CommandInput<N>,
): Promise<CommandOutput<N>> {
  const answer = await desk.evaluate(
    async ([command, given]) => {
      const { sanxin } = window as unknown as { sanxin: Bridge }
      return sanxin.invoke(command as never, given as never) as Promise<unknown>
    },
    [name, input] as const,
  )
  const result = answer as { ok: true; value: CommandOutput<N> } | { ok: false; error: { code: string } }
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`)
  return result.value
}
