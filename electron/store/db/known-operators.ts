import type { Database } from 'better-sqlite3'

/** A person whom central let in on this desk: how her password is recognised, and since when she is known. */
export type KnownOperator = {
  readonly salt: Buffer
  readonly verifier: Buffer
  readonly sealed: Buffer
  readonly signedInAt: number
  /** Wrong passwords in the present window, and the one that is being looked at. */
  readonly tries: number
  readonly tryingSince: number
  readonly lockedUntil: number
}

export type Tries = Pick<KnownOperator, 'tries' | 'tryingSince' | 'lockedUntil'>

export type KnownOperatorTable = {
  find(staffNo: string): KnownOperator | null
  /** Takes the place of what was known of her; the wrong passwords are forgotten with it. */
  keep(staffNo: string, known: Omit<KnownOperator, keyof Tries>): void
  setSignedInAt(staffNo: string, at: number): void
  setTries(staffNo: string, tries: Tries): void
  remove(staffNo: string): void
  /** How often she was to be removed since the file was opened, by whatever the desk heard, known or not. */
  removals(staffNo: string): number
  /** The staff numbers of all who stand in it. */
  all(): string[]
  removeOlder(than: number): void
}

const COLUMNS = `salt, verifier, sealed, signed_in_at AS signedInAt, tries, trying_since AS tryingSince,
  locked_until AS lockedUntil`

/** The table of those who may sign in while central is away. */
export function createKnownOperatorTable(db: Database): KnownOperatorTable {
  const find = db.prepare<[string], KnownOperator>(`SELECT ${COLUMNS} FROM known_operators WHERE staff_no = ?`)
  const keep = db.prepare(
    `INSERT OR REPLACE INTO known_operators (staff_no, salt, verifier, sealed, signed_in_at)
     VALUES (@staffNo, @salt, @verifier, @sealed, @signedInAt)`,
  )
  const date = db.prepare('UPDATE known_operators SET signed_in_at = ? WHERE staff_no = ?')
  const tries = db.prepare(
    `UPDATE known_operators SET tries = @tries, trying_since = @tryingSince, locked_until = @lockedUntil
     WHERE staff_no = @staffNo`,
  )
  const remove = db.prepare('DELETE FROM known_operators WHERE staff_no = ?')
  const all = db.prepare<[], { staffNo: string }>('SELECT staff_no AS staffNo FROM known_operators')
  const removeOlder = db.prepare('DELETE FROM known_operators WHERE signed_in_at < ?')
  const removals = new Map<string, number>()
  return {
    find: (staffNo) => find.get(staffNo) ?? null,
    keep: (staffNo, known) => void keep.run({ staffNo, ...known }),
    setSignedInAt: (staffNo, at) => void date.run(at, staffNo),
    setTries: (staffNo, counted) => void tries.run({ staffNo, ...counted }),
    remove: (staffNo) => {
      removals.set(staffNo, (removals.get(staffNo) ?? 0) + 1)
      remove.run(staffNo)
    },
    removals: (staffNo) => removals.get(staffNo) ?? 0,
    all: () => all.all().map(({ staffNo }) => staffNo),
    removeOlder: (than) => void removeOlder.run(than),
  }
}
