import type { Db } from '../../central/db/db.ts'

/** Gives a new database each time, up to date and without a row of its own; the suite closes what it opens. */
export type OpenDb = () => Promise<Db>
