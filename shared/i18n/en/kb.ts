import type { kbWords as zh } from '../zh/kb.ts'
import type { Words } from '../zh.ts'

export const kbWords: Words<typeof zh> = {
  articleNews: {
    cited: {
      changed: 'Source {{id}}: version {{version}} since {{when}}',
      changedOnce: 'Source {{id}}: now version {{version}}',
      withdrawn: 'Source {{id}}: withdrawn at {{when}}',
    },
    open: {
      changed: '{{id}}: version {{version}} since {{when}}',
      changedOnce: '{{id}}: now version {{version}}',
      withdrawn: '{{id}}: withdrawn at {{when}}',
    },
    see: 'What changed',
    hide: 'Close',
    title: 'What changed in the article',
    before: 'Version {{version}} · before',
    now: 'Version {{version}} · now',
    none: '(no such line)',
    same: '{{n}} lines alike',
    lost: 'This desk has not kept version {{version}}',
    gone: 'Withdrawn: there are no new words',
    keep: { reply: 'Keep my reply', panel: 'Not now' },
    take: { reply: 'Use the new words', panel: 'Show the new one' },
    drop: 'Remove the source',
    full: 'Not changed: the reply has no room for the new words',
  },
}
