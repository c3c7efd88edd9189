/** Words of devices and of how a call sounds. */
export const soundWords = {
  sound: {
    title: '声音',
    panel: '声音设备',
    roles: { microphone: '麦克风', speaker: '通话扬声器', ring: '响铃扬声器' },
    system: '跟随系统',
    gone: '{{name}}（未接入）',
    level: '麦克风音量',
    testRing: '试响铃',
    missing: {
      microphone: '{{name}} 未接入，麦克风暂用系统的',
      speaker: '{{name}} 未接入，通话暂用系统的',
      ring: '{{name}} 未接入，响铃暂用系统的',
    },
    away: { microphone: '麦克风未接入', speaker: '通话扬声器未接入', ring: '响铃扬声器未接入' },
    trouble: { nothingHeard: '听不到市民', notHeard: '市民听不到您', both: '双方都听不到' },
    quality: '通话音质',
    bars: { good: '音质好', fair: '音质一般', poor: '音质差', none: '音质未知' },
    mosIn: '听到的评分',
    mosOut: '市民听到的评分',
    lossIn: '收到的丢包',
    lossOut: '发出的丢包',
    jitter: '抖动',
    roundTrip: '往返时延',
  },
} as const
