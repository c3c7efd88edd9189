/** Words about articles that changed while they were in use, and about those that are wrong. */
export const kbWords = {
  articleNews: {
    differences: '改动，原来与现在对照',
    cited: {
      changed: '依据 {{id}} 已于 {{when}} 更新为第 {{version}} 版',
      changedOnce: '依据 {{id}} 已更新为第 {{version}} 版',
      withdrawn: '依据 {{id}} 已于 {{when}} 撤下',
    },
    open: {
      changed: '{{id}} 已于 {{when}} 更新为第 {{version}} 版',
      changedOnce: '{{id}} 已更新为第 {{version}} 版',
      withdrawn: '{{id}} 已于 {{when}} 撤下',
    },
    see: '看改动',
    hide: '收起',
    title: '知识的改动',
    before: '第 {{version}} 版 · 原来',
    now: '第 {{version}} 版 · 现在',
    none: '（没有这一行）',
    lost: '本机没有留下第 {{version}} 版的文字',
    besides: '文字没有变；来源、有效期或所附表格有改动',
    gone: '已撤下，没有新的文字',
    keep: { reply: '保留我的答复', panel: '先不换' },
    take: { reply: '换用新文字', panel: '换成新版' },
    drop: '移除引用',
    full: '没有换：答复里放不下新的文字',
  },
  wrongAnswer: {
    key: '有误',
    field: '{{id}} 哪里有误',
    placeholder: '哪里不对、应该怎样',
    hint: '↵ 报给知识编辑 · Esc 收起（字都留着） · 不写市民的电话、证件号码',
    noted: '已记下',
    empty: '先写哪里不对',
    citizen: '没有报送：文字里有市民的电话或证件号码，请删去再按 ↵',
    stalled: '本机暂时存不下，文字都在',
  },
} as const
