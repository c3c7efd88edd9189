import { expect, test } from 'vitest'
import { saveTable } from '../../electron/save-table.ts'
import { caseQuerySchema } from '../../shared/case/case-line.ts'
import { fail, ok } from '../../shared/errors.ts'

const wanted = { query: caseQuerySchema.parse({}), as: 'xlsx', name: '工单-2026-11-26' } as const

function desktop(more: Partial<Parameters<typeof saveTable>[1]> = {}) {
  const asked: string[] = []
  const saved: string[] = []
  return {
    asked,
    saved,
    deps: {
      callUp: false,
      ask: ({ defaultPath }: { defaultPath: string }) => {
        asked.push(defaultPath)
        return Promise.resolve({ canceled: false, filePath: '/home/1010/工单.xlsx' })
      },
      save: ({ path }: { path: string }) => {
        saved.push(path)
        return Promise.resolve(ok(null))
      },
      ...more,
    },
  }
}

test('a table is saved where the system’s dialog says', async () => {
  const { asked, saved, deps } = desktop()
  expect(await saveTable(wanted, deps)).toEqual(ok('saved'))
  expect([asked, saved]).toEqual([['工单-2026-11-26.xlsx'], ['/home/1010/工单.xlsx']])
})

test('in a call no dialog comes before the citizen', async () => {
  const { asked, saved, deps } = desktop({ callUp: true })
  expect(await saveTable(wanted, deps)).toMatchObject(fail('illegalTransition', 'call'))
  expect([asked, saved]).toEqual([[], []])
})

test('who thinks better of it has saved nothing; what goes wrong is said', async () => {
  const left = desktop({ ask: () => Promise.resolve({ canceled: true, filePath: '' }) })
  expect(await saveTable(wanted, left.deps)).toEqual(ok('cancelled'))
  expect(left.saved).toEqual([])
  const full = desktop({ save: () => Promise.resolve(fail('diskFailed', 'table')) })
  expect(await saveTable(wanted, full.deps)).toEqual(fail('diskFailed', 'table'))
})
