import type { adminOutboxWords as zh } from '../zh/admin-outbox.ts'
import type { Words } from '../zh.ts'

export const adminOutboxWords: Words<typeof zh> = {
  list: 'Messages',
  part: {
    dead: 'Not delivered',
    voice: 'To be told by phone',
    ratings: 'Bad ratings',
  },
  note: {
    dead: 'Tried many times, or refused: somebody must see to it, send it again, or call and say what was done. What is still tried by itself stands below.',
    voice:
      'No message can reach these citizens (a landline, or she wants none): somebody must call. Say what was done, and it leaves the list.',
    ratings:
      'She rated one or two, and nobody has spoken with her since. A return visit or handling anew takes it off the list; find the case at a desk by its number.',
  },
  none: {
    dead: 'Everything was delivered',
    voice: 'Nobody has to be called',
    ratings: 'No bad rating waits',
  },
  number: '{{number}}',
  oldest: 'The oldest 200 only; the others show when these are done.',
  message: {
    accepted: 'Message: taken',
    replied: 'Message: replied at once',
    extended: 'Message: extended',
    answered: 'Message: answered',
    settled: 'Message: settled, please rate',
    declined: 'Message: not accepted',
  },
  otherMessage: 'Message {{kind}}',
  event: 'Event {{kind}}',
  to: 'To {{phone}}',
  noPhone: 'Number not shown',
  receiver: 'Receiver {{receiver}}',
  since: 'Since {{time}}',
  tries: 'Tries: {{number}}',
  gaveUp: 'Given up {{time}}',
  next: 'Next try {{time}}',
  superseded: 'A newer message of this kind holds: not sent again',
  again: 'Send again',
  againDone: 'To be sent again: {{number}}',
  allAgain: '{{kind}}: send all again ({{number}})',
  allAgainSure: '{{number}} are sent again, and the audit says so.',
  told: 'She was told',
  toldHow: 'What was done',
  toldHint: 'When and how, or why not',
  settled: 'Noted',
  rating: 'Rated {{rating}}',
  ratedAt: 'Rated {{time}}',
  reason: {
    timeout: 'No answer in time',
    unreachable: 'Cannot be reached',
    foreignAddress: 'The address is not one that may be reached',
    unreadable: 'It cannot be read',
    wish: 'She wants no messages',
    notMobile: 'Not a mobile',
    noNumber: 'No number was presented',
    http: 'Answered HTTP {{code}}',
    other: 'Reason {{reason}}',
  },
}
