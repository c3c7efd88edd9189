/** What citizens are told of a case by messages: 受理 · 当场答复 · 延期 · 承办单位答复 · 办结 · 不予受理. */
export const messageKinds = ['accepted', 'replied', 'extended', 'answered', 'settled', 'declined'] as const
export type MessageKind = (typeof messageKinds)[number]
