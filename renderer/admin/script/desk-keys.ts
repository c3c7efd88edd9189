/** The keys of the desk that its prompt names, as they are shown there; a test holds them to the desk's own map. */
export const deskKeys = {
  said: 'F4',
  tongue: 'Alt L',
  withdrawWarning: 'Alt Shift A',
  hangUp: 'F12',
} as const
