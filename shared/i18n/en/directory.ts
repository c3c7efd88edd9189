import type { Dictionary } from '../zh.ts'

export const directoryWords = {
  directory: {
    placeholder: 'Number, name or initials',
    list: 'Directory',
    none: 'Nobody in the directory',
    hint: '↑ ↓ choose · {{key}} star',
    starred: 'starred',
    keypad: 'Keypad',
    presence: { free: 'free', ringing: 'ringing', inCall: 'in a call', unknown: 'unknown' },
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
