import type { Clock, Log } from '../shared/ports.ts'
import type { Db } from './db/db.ts'
import { seedDemoEnrolment, seedDemoExchange } from './devices/service.ts'
import { seedDirectory } from './directory/seed.ts'
import { articlesFolder, seedArticles } from './kb/seed.ts'
import { seedDemoPeople } from './people/service.ts'

/** Loads of the demo what is missing: its people, what enrols a desk and what tells of calls, and the articles of a folder. */
export async function seedDemo(db: Db, clock: Clock, log: Log, articles: string = articlesFolder): Promise<void> {
  const people = await seedDemoPeople(db, clock)
  await seedDemoEnrolment(db)
  await seedDemoExchange(db, clock)
  // The directory first: an article belongs to the unit that it names.
  const directory = await seedDirectory(db, log)
  log('demoLoaded', { people, ...(await seedArticles(db, log, articles, clock.now())), ...directory })
}
