import { callWords } from './en/call.ts'
import { careWords } from './en/care.ts'
import { callsWords } from './en/calls.ts'
import { deskWords } from './en/desk.ts'
import { dialWords } from './en/dial.ts'
import { directoryWords } from './en/directory.ts'
import { error } from './en/error.ts'
import { formWords } from './en/form.ts'
import { kbWords } from './en/kb.ts'
import { ledgerWords } from './en/ledger.ts'
import { lateWords } from './en/late.ts'
import { passwordWords } from './en/password.ts'
import { soundWords } from './en/sound.ts'
import { workWords } from './en/work.ts'
import type { Dictionary } from './zh.ts'

/** The words of the desk in English. */
export const en: Dictionary = {
  ...deskWords,
  ...callWords,
  ...callsWords,
  ...careWords,
  ...dialWords,
  ...directoryWords,
  ...formWords,
  ...lateWords,
  ...kbWords,
  ...ledgerWords,
  ...passwordWords,
  ...soundWords,
  ...workWords,
  error,
}
