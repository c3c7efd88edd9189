import type { Db } from '../../central/db/db.ts'

/** Gives a new, empty database each time; the suite closes what it opens. */
export type OpenEmptyDb = () => Promise<Db>
