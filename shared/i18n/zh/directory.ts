/** Whom an operator may call. */
export const directoryWords = {
  directory: {
    placeholder: '号码、分机、名称或首字母',
    list: '通讯录',
    none: '通讯录里没有找到',
    hint: '↑ ↓ 选择 · {{key}} 收藏',
    starred: '已收藏',
    keypad: '拨号键',
    presence: { free: '空闲', ringing: '振铃', inCall: '通话中', unknown: '未知' },
    role: {
      operator: '坐席',
      monitor: '班长',
      quality: '质检',
      editor: '知识编辑',
      unitMember: '成员单位',
      administrator: '管理员',
      auditor: '审计',
    },
  },
} as const
