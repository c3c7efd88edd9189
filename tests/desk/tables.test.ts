/** The rule tables at the desk: at once where she looks, and not under the hand. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { classificationGroups, classLabel } from '../../renderer/desk/case-form/classification.ts'
import { edit, formOf, newDraft, openDraft, saveCase, useDraft } from '../../renderer/desk/stores/draft-store.ts'
import { followContent, takeSuggestion, useSuggestions } from '../../renderer/desk/stores/suggestion-store.ts'
import { rulesNow } from '../../renderer/desk/stores/tables-store.ts'
import { shippedBook } from '../../shared/case/classes.ts'
import { must } from '../../shared/errors.ts'
import { shippedBodies, type TableBodies } from '../../shared/tables/tables.ts'
import { openDesk } from './open-desk.ts'

const { world } = openDesk()

/** The classes as they come with the program, changed. */
function classes(change: (tree: TableBodies['classes']) => void): TableBodies['classes'] {
  const tree = structuredClone(shippedBodies.classes)
  change(tree)
  return tree
}
const without = (code: string) =>
  classes((tree) => {
    for (const one of tree.flatMap(({ children }) => children)) if (one.code === code) one.retired = true
  })

/** The store has another table, and says so. */
async function bring(body: TableBodies['classes']): Promise<void> {
  world.tables = [{ name: 'classes', version: 1, body }]
  world.emit('tables.changed', null)
  await vi.advanceTimersByTimeAsync(world.delay)
}

let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  openDraft(newDraft(null))
  stop = followContent()
})
afterEach(async () => {
  stop()
  openDraft(null)
  await bring(shippedBodies.classes)
  vi.useRealTimers()
})

const shown = () => useSuggestions.getState().shown.map(({ code }) => code)

test('S15.1 what the store takes holds at once: a class by its new name, what it requires', async () => {
  edit({
    kind: 'help',
    classification: '0101',
    district: '蓬江区',
    callerPhone: '3500123',
    content: '公交',
    replyMode: 'later',
  })
  await bring(
    classes((tree) => {
      const one = must(tree[0]?.children[0], '0101')
      one.name = '公共汽车'
      one.required = ['address']
    }),
  )
  expect(classLabel(rulesNow().classes.of('0101'))).toBe('交通运输 › 公共汽车')
  expect(await saveCase()).toBe('address')
})

test('S15.4 the suggestions beside the text stay until she goes on; what she then takes is what she saw', async () => {
  edit({ content: '路灯不亮' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown()).toEqual(['0201'])
  await bring(without('0201'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown()).toEqual(['0201'])
  takeSuggestion()
  expect(formOf(useDraft.getState()).classification).toBe('0201')
  edit({ classification: null, content: '路灯不亮了' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(shown()).not.toContain('0201')
})

test('S15.4 a class that is offered no more stays in the form and is read there; one that was never known, by its code', async () => {
  await bring(without('0201'))
  const { classes: book } = rulesNow()
  const all = (chosen: string | null) => classificationGroups(book, chosen).flatMap(({ items }) => items)
  expect(all(null).map(({ value }) => value)).not.toContain('0201')
  expect(all('0201')[0]).toEqual({ value: '0201', label: classLabel(shippedBook.of('0201')) })
  expect(all('9901')[0]).toEqual({ value: '9901', label: '9901' })
  expect(all('0101')).toHaveLength(all(null).length)
})
