import type { Dictionary } from '../zh.ts'

export const directoryWords = {
  directory: {
    placeholder: 'Number, name or initials',
    list: 'Directory',
    none: 'Nobody in the directory',
    hint: '↑ ↓ choose · {{key}} star',
    starred: 'starred',
    keypad: 'Keypad',
    role: {
      operator: 'Operator',
      monitor: 'Monitor',
      quality: 'Quality',
      editor: 'Editor',
      unitMember: 'Member unit',
      administrator: 'Administrator',
      auditor: 'Auditor',
    },
  },
} as const satisfies Pick<Dictionary, 'directory'>
