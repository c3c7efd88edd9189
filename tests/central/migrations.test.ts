import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { migrationsFolder } from '../../central/db/migrate.ts'

test('D5 each migration has a number of its own: two of one number stop every new database', async () => {
  const numbers = (await readdir(migrationsFolder)).map((name) => name.slice(0, 4))
  const twice = numbers.filter((number, at) => numbers.indexOf(number) !== at)
  expect(twice).toEqual([])
})
