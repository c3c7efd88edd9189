import type { kbWords as zh } from '../zh/kb.ts'
import type { Words } from '../zh.ts'

export const kbWords: Words<typeof zh> = {
  articleNews: {
    differences: 'What changed, old beside new',
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
    title: 'Article changed',
    before: 'Version {{version}} · before',
    now: 'Version {{version}} · now',
    none: '(no such line)',
    lost: 'This desk has not kept version {{version}}',
    besides: 'The words are the same; source, validity or tables changed',
    gone: 'Withdrawn: there are no new words',
    keep: { reply: 'Keep my reply', panel: 'Not now' },
    take: { reply: 'Use the new words', panel: 'Show the new one' },
    drop: 'Remove the source',
    full: 'Not changed: the reply has no room for the new words',
  },
  wrongAnswer: {
    key: 'Wrong',
    field: 'What is wrong with {{id}}',
    placeholder: 'What is wrong, and how it should be',
    hint: '↵ tells the editors · Esc puts it away (every word stays) · no number of a citizen',
    noted: 'Noted',
    empty: 'First say what is wrong',
    citizen: 'Not told: the words have a number of the citizen; take it out and press ↵ again',
    stalled: 'The desk cannot store them just now; all words are here',
  },
}
