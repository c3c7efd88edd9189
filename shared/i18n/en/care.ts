import type { careWords as zh } from '../zh/care.ts'

/** Words of what is marked of a call: warnings for abuse, the recording. */
export const careWords: { readonly care: { readonly [K in keyof (typeof zh)['care']]: string } } = {
  care: {
    warn: 'Abuse',
    warned: 'Warned {{n}}/3',
    warnedAt: 'Warned for abuse at {{times}}',
    withdraw: 'Abuse warning {{n}}/3 · a wrong key? {{key}}',
    hangUpNow: 'Say the closing words, then {{key}} to hang up',
    pause: 'Rec off',
    resume: 'Rec on',
    paused: 'Pause asked',
    pausedHint:
      'The code to pause was sent to the exchange, which does not confirm it; it goes on at a transfer or the end',
    cannotPause: 'No codes to pause the recording are set',
    autoAnswer: 'answered in {{n}} s',
    answerKeyTaken: 'Another program has the global answer key; answer at the desk',
    separator: ', ',
  },
}
