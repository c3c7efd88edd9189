/** Words that mean the same, by groups. */
import { foldChinese } from '../../kb/fold.ts'
import type { Synonyms } from '../../kb/synonyms.ts'
import type { Flaw } from '../flaw.ts'
import { alike } from './alike.ts'

/** In one group each word stands once, however it is written; in several groups it may stand. */
export function checkSynonyms({ groups }: Synonyms): Flaw[] {
  return groups.flatMap(({ words }, at) => alike(words.map(foldChinese), (index) => ['groups', at, 'words', index]))
}
