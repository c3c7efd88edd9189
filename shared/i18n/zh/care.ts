/** Words of what is marked of a call: warnings for abuse, the recording. */
export const careWords = {
  care: {
    warn: '辱骂提醒',
    warned: '已提醒 {{n}}/3',
    warnedAt: '文明用语提醒：{{times}}',
    withdraw: '辱骂提醒 {{n}}/3 · 按错了按 {{key}} 撤回',
    hangUpNow: '说完结束语，按 {{key}} 挂机',
    pause: '暂停录音',
    resume: '恢复录音',
    paused: '已请求暂停录音',
    pausedHint: '已向话务平台发出暂停录音的按键码；平台不回执，转接或挂机后自动恢复',
    cannotPause: '话务平台未配置暂停录音的按键码',
    autoAnswer: '{{n}} 秒后自动接听',
    answerKeyTaken: '全局接听键被其他程序占用，请在工作台里接听',
    separator: '、',
  },
} as const
