import type { Dictionary } from '../zh.ts'

export const callsWords = {
  calls: {
    title: 'Calls of the shift',
    list: 'Calls of the last 12 hours, the newest first',
    empty: 'No calls in this shift yet',
    emptyHint: 'Calls taken, made and missed stand here',
    hint: '{{choose}} choose · {{call}} call back · {{open}} open the case · {{page}} its course · Esc back',
    kind: {
      in: 'in',
      out: 'out',
      consult: 'asked',
      handOver: 'handed over',
      emergency: 'emergency',
      colleague: 'internal',
    },
    how: {
      up: 'under way',
      completed: 'answered, {{time}}',
      transferred: 'put through to {{to}}',
      missed: 'missed',
      elsewhere: 'missed · answered at another desk',
      rejected: 'rejected',
      failed: 'not connected',
      lost: 'lost after {{time}}',
      lostRinging: 'lost while ringing',
    },
    owed: 'call owed',
    tried: 'call owed · tried {{n}}×',
    draft: 'unfinished',
    hidden: 'Number withheld: cannot be called back',
    note: {
      hidden: 'The number was withheld: nobody can call it back',
      unreadable: 'This number cannot be dialled from here',
      notCitizen: 'Only citizens are called back',
      busy: 'No call can be made now: end the call, or wait for the line',
      noCase: 'This call has no case yet',
      notOpen: 'Cases open once the call is wrapped up',
      nobody: 'Nobody is owed a call',
    },
    owedNow: 'Calls owed: {{n}}. {{key}} calls back',
  },
} as const satisfies Pick<Dictionary, 'calls'>
