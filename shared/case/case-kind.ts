/** The six kinds of a matter: 咨询 求助 投诉 举报 建议 表扬. */
export const caseKinds = ['consult', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const
export type CaseKind = (typeof caseKinds)[number]
