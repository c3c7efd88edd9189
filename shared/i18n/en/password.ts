import type { passwordWords as zh } from '../zh/password.ts'
import type { Words } from '../zh.ts'

export const passwordWords: Words<typeof zh> = {
  password: {
    change: 'Change password',
    old: 'Present password',
    fresh: 'New password',
    again: 'New password once more',
    hint: 'At least {{number}} characters',
    submit: 'Change',
    working: 'Changing…',
    done: 'Changed; you are signed out elsewhere',
    differs: 'The two new ones differ',
    same: 'The new one is the present one',
    wrong: 'The present password is wrong',
    notNow: 'It was changed a moment ago; try with that one',
    unknown:
      'No answer came, and it may already have been changed: send it again; to sign in elsewhere try the new one first',
  },
}
