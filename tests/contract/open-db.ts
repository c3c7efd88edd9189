import type { Db } from '../../central/db/db.ts'

/** Gives a new database each time, to which nothing has been written yet; the suite closes what it opens. */
export type OpenDb = () => Promise<Db>
