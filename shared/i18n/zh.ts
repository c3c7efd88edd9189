/** The words of the desk in Chinese; `en.ts` must hold the same keys. `{{name}}` is filled in by the desk. */
import { callWords } from './zh/call.ts'
import { careWords } from './zh/care.ts'
import { callsWords } from './zh/calls.ts'
import { deskWords } from './zh/desk.ts'
import { dialWords } from './zh/dial.ts'
import { directoryWords } from './zh/directory.ts'
import { error } from './zh/error.ts'
import { formWords } from './zh/form.ts'
import { kbWords } from './zh/kb.ts'
import { ledgerWords } from './zh/ledger.ts'
import { lateWords } from './zh/late.ts'
import { passwordWords } from './zh/password.ts'
import { soundWords } from './zh/sound.ts'
import { workWords } from './zh/work.ts'

export const zh = {
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
} as const

/** The same keys, in any language. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

/** The shape that every language fills in, key by key. */
export type Dictionary = Words<typeof zh>
