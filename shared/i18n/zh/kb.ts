/** Words about articles that changed while they were in use, and about those that are wrong. */
export const kbWords = {
  articleNews: {
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
    same: '{{n}} 行未变',
    lost: '本机没有留下第 {{version}} 版的文字',
    gone: '已撤下，没有新的文字',
    keep: { reply: '保留我的答复', panel: '先不换' },
    take: { reply: '换用新文字', panel: '换成新版' },
    drop: '移除引用',
    full: '没有换：答复里放不下新的文字',
  },
} as const
