/** `npm run bench -- NAME`: measures against a baseline in the same run; prints, and asserts nothing in a test. */
import { benchAnswers } from './answers.ts'
import { benchCentral } from './central.ts'
import { benchEffort } from './effort.ts'
import { printFigures, type Figure } from './figures.ts'
import { benchKb } from './kb.ts'
import { benchPhone } from './phone.ts'
import { benchPop } from './pop.ts'
import { benchRows } from './rows.ts'
import { benchSave } from './save.ts'
import { benchStart } from './start.ts'
import { benchSearch } from './search.ts'
import { benchSync } from './sync.ts'
import { benchWords } from './words.ts'
import { benchYear } from './year.ts'

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  pop: benchPop,
  phone: benchPhone,
  save: benchSave,
  start: benchStart,
  sync: benchSync,
  search: benchSearch,
  central: benchCentral,
  year: benchYear,
  effort: benchEffort,
  rows: benchRows,
  words: benchWords,
  kb: benchKb,
  answers: benchAnswers,
}

const name = process.argv[2] ?? ''
const run = benches[name]
if (run === undefined) {
  console.error(`npm run bench -- ${Object.keys(benches).join(' | ')}`)
  process.exit(2)
}
process.exit(printFigures(name, await run()) ? 0 : 1)
