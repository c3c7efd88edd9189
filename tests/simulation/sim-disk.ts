/** A desk's file on a disk that can lose power: what was committed without waiting for it goes, the last first. */
import Database from 'better-sqlite3'

export type SimDisk = {
  /** The file as it stands; another one after the power was cut. */
  readonly db: Database.Database
  /** The file as one life of a program has it: whoever is dead commits nothing more. */
  openFor(isAlive: () => boolean): Database.Database
  /** Takes back all that came after the last commit that was waited for. */
  cutPower(): void
}

export function createSimDisk(file?: Buffer): SimDisk {
  let db = new Database(file ?? ':memory:')
  /** The file before the first commit that was not waited for, and how much had been written after the last such one. */
  let unsafe: { readonly before: Buffer; writtenAt: number } | null = null
  const counted = (of: Database.Database) => of.prepare('SELECT total_changes()').pluck()
  let counter = counted(db)
  const written = () => Number(counter.get())

  function pragma(of: Database.Database, text: string): unknown {
    if (of !== db) return of.pragma(text)
    if (text === 'synchronous = NORMAL') {
      // Whatever was written since was waited for, and all before it with it.
      if (unsafe === null || unsafe.writtenAt !== written()) unsafe = { before: db.serialize(), writtenAt: 0 }
    } else if (text === 'synchronous = FULL' && unsafe !== null) unsafe.writtenAt = written()
    return of.pragma(text)
  }

  return {
    get db() {
      return db
    },
    openFor: (isAlive) => {
      const own = db
      const transaction = (run: () => unknown) => {
        const committing = own.transaction(run)
        return () => {
          if (!isAlive()) throw new Error('dead')
          return committing()
        }
      }
      return new Proxy(own, {
        get: (target, key) => {
          if (key === 'transaction') return transaction
          if (key === 'pragma') return (text: string) => pragma(own, text)
          const value: unknown = Reflect.get(target, key)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    },
    cutPower: () => {
      const lost = unsafe !== null && unsafe.writtenAt === written() ? unsafe.before : null
      unsafe = null
      if (lost === null) return
      db = new Database(lost)
      counter = counted(db)
    },
  }
}
