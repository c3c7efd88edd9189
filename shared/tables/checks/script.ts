/** The courtesy script beyond its shape. */
import { gapsOf, isGap, moments, tongues, type ScriptBody, type Sentence } from '../../script/script.ts'
import type { Flaw } from '../flaw.ts'
import { alike } from './alike.ts'

/** Whether a sentence is due whatever the matter is, and with whatever is known of it. */
function isAlwaysDue({ kinds, insteadOf, say }: Sentence): boolean {
  const isFilled = tongues.every((tongue) => gapsOf(say[tongue]).every((gap) => gap === 'caller'))
  return kinds === null && insteadOf === undefined && isFilled
}

/** Each sentence stands once, leaves open only what can be filled, and no moment is without words for all kinds. */
export function checkScript({ sentences }: ScriptBody): Flaw[] {
  const ids = new Set(sentences.map(({ id }) => id))
  const bare = moments.filter((moment) => !sentences.some((one) => one.when === moment && isAlwaysDue(one)))
  return [
    ...alike(
      sentences.map(({ id }) => id),
      (index) => ['sentences', index, 'id'],
    ),
    ...sentences.flatMap(({ say, insteadOf }, index): Flaw[] => [
      ...tongues
        .filter((tongue) => !gapsOf(say[tongue]).every(isGap))
        .map((tongue): Flaw => ({ path: ['sentences', index, 'say', tongue], code: 'gap' })),
      ...(insteadOf === undefined || ids.has(insteadOf)
        ? []
        : [{ path: ['sentences', index, 'insteadOf'], code: 'notOneOf' } as const]),
    ]),
    ...bare.map((moment): Flaw => ({ path: ['names', moment], code: 'momentWithoutWords' })),
  ]
}
