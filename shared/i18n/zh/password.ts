/** One's own password, at the desk and on the pages. */
export const passwordWords = {
  password: {
    change: '更改密码',
    old: '原密码',
    fresh: '新密码',
    again: '再输一遍新密码',
    hint: '至少 {{number}} 位',
    submit: '更改',
    working: '正在更改…',
    done: '密码已更改；在别处的登录已退出',
    differs: '两遍新密码不一样',
    same: '新密码与原密码相同',
    wrong: '原密码不对',
    notNow: '密码刚被更改过，请用新的密码再试',
    unknown: '没有收到中心的答复，密码可能已经改了：请再点一次“更改”；在别处请先用新密码登录',
  },
} as const
