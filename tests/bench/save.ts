/** How long a save takes until it may be called saved, against the least that any disk asks for that. */
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { createStore } from '../../electron/store/store.ts'
import { openStore } from '../../electron/store/open.ts'
import { fail, must, ok } from '../../shared/errors.ts'
import { fullForm } from '../store/store-fixture.ts'
import { median, ratioFigure, type Figure } from './figures.ts'
import { defaultNumberPlan } from '../../shared/number-plan.ts'
import { noCases, noLedger } from '../store/no-cases.ts'

const ROUNDS = 400
const WARM_UP = 40
const PAGE = 4096
/** On the disk that the project lies on: a folder in memory would ask nothing. */
const place = join(import.meta.dirname, '../../.bench')

/** A store that is signed in; central is away, as it may be in any call. */
async function openDesk(dir: string) {
  const away = () => Promise.resolve(fail('centralUnreachable'))
  const { db } = await openStore({ dir, nativeBinding: null, now: Date.now() })
  const answer = createStore({
    db,
    client: {
      cases: noCases,
      ledger: noLedger,
      changePassword: away,
      enrol: () => Promise.resolve(ok({ deviceId: 'desk', secret: 'secret', deskCode: 'A1' })),
      signIn: (_device, { staffNo }) =>
        Promise.resolve(
          ok({
            token: 'token',
            session: '01890a5d-ac96-4000-8000-000000000001',
            expiresAt: 0,
            operator: { staffNo, name: staffNo, role: 'operator' },
            deskCode: 'A1',
            numberPlan: defaultNumberPlan,
            line: { extension: staffNo, password: '', domain: '' },
          }),
        ),
      issuer: away,
      signInByIssuer: away,
      desk: away,
      signOut: away,
      ofCaller: away,
      answeredCalls: away,
      sync: away,
    },
    live: () => ({ open: () => {}, close: () => {}, sendStatus: () => {} }),
    clock: { now: () => Date.now() },
    ids: { next: uuidv7 },
    timers: { after: () => () => {} },
    publish: () => {},
  })
  await answer('device.enrol', { code: 'x' })
  await answer('store.signIn', { staffNo: '1003', password: 'x' })
  return { db, answer }
}

/** `npm run bench -- save`: a case saved, p50, against one page overwritten and synced in the same folder. */
export async function benchSave(): Promise<Figure[]> {
  mkdirSync(place, { recursive: true })
  const dir = mkdtempSync(join(place, 'save-'))
  const page = Buffer.alloc(PAGE, 1)
  const file = openSync(join(dir, 'floor'), 'w')
  const { db, answer } = await openDesk(dir)
  const saves: number[] = []
  const floors: number[] = []
  try {
    writeSync(file, page, 0, PAGE, 0)
    fdatasyncSync(file)
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const before = performance.now()
      writeSync(file, page, 0, PAGE, 0)
      fdatasyncSync(file)
      const between = performance.now()
      const form = { ...fullForm, content: `第 ${round} 件` }
      const saved = await answer('case.save', { caseId: uuidv7(), callId: null, form })
      const after = performance.now()
      must(saved.ok ? true : null, 'a save')
      if (round < WARM_UP) continue
      floors.push(between - before)
      saves.push(after - between)
    }
  } finally {
    db.close()
    closeSync(file)
    rmSync(dir, { recursive: true, force: true })
  }
  return [ratioFigure('case saved, p50', 'ms', median(saves), median(floors), 3)]
}
