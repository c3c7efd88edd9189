import { adminAuditWords } from './admin-audit.ts'
import { adminOutboxWords } from './admin-outbox.ts'
import { adminPeopleWords } from './admin-people.ts'
import { adminRolesWords } from './admin-roles.ts'
import { adminScriptWords } from './admin-script.ts'
import { adminSystemsWords } from './admin-systems.ts'
import { adminTablesWords } from './admin-tables.ts'
import { adminDesksWords, adminUnitsWords } from './admin-units.ts'

/** Words of the administration's pages. */
export const adminWords = {
  title: '系统管理',
  skip: '跳到内容',
  nav: {
    label: '管理页面',
    people: '人员',
    units: '单位',
    desks: '坐席设备',
    script: '话术',
    outbox: '消息与推送',
    systems: '接口',
    tables: '规则表',
    kb: '知识库',
    synonyms: '同义词',
    roles: '岗位',
    audit: '审计',
  },
  signIn: {
    title: '系统管理登录',
    note: '管理员、班长登录须有动态验证码。请勿在他人的设备上登录；关闭浏览器即退出。',
    again: '登录已过期，请重新登录。填到一半的内容都在。',
    other: '刚才登录的是 {{staffNo}}。换人登录，屏幕上未存的内容将清除。',
  },
  signOut: '退出登录',
  loading: '正在读取…',
  more: '再看 50 条',
  failed: '没有更新：{{words}}',
  back: '返回列表',
  save: '保存',
  saved: '已保存',
  cancel: '取消',
  sure: '确定',
  choose: '在列表中选一项',
  told: {
    title: '只显示这一次，请立即交给本人',
    password: '首次登录密码',
    otpauth: '动态验证码密钥',
    otpauthNote:
      '请本人在验证器（任何支持 TOTP 的应用）里手工输入密钥，选“基于时间”、六位。也可用下面的地址生成二维码。',
    address: '验证器地址',
    copy: '复制',
    copied: '已复制',
    done: '已交给本人，不再显示',
  },
  refused: {
    signInForbidden: '此工号的岗位不使用管理页面',
    foreignPage: '请从中心的管理页面操作',
    forbidden: '您的岗位没有这项权限',
    notFound: '没有找到，可能已被他人更改',
    self: '不能对自己的账号这样做，请由另一位管理员操作，或在中心用命令 staff.ts',
    lastAdministrator: '这是最后一位能登录的管理员，请先增加另一位管理员',
    staffNo: '工号已有人用，或含有字母、数字、-、_ 以外的字符',
    name: '请填写名称，最多 40 字',
    role: '这个岗位不能这样改：成员单位人员与中心人员不能互换，请另建账号',
    unit: '通讯录里没有这个成员单位，或此岗位不属于成员单位',
    line: '坐席岗位要有分机；首次设置须填齐分机、线路密码和 SIP 域',
    unchanged: '与现行版本没有不同',
    nothing: '没有改动',
    id: '编号已有人用，或含有字母、数字、-、_、. 以外的字符',
    nameTaken: '已有同名的单位：派单按名称选单位，不能重名',
    numbers: '第 {{place}} 个号码拨不出去，请检查',
    changed: '他人刚改过这一项，请看过现在的内容再改',
    secretKey: '中心没有设置保管密钥的主密钥，不能设置动态验证码和推送，请联系信息技术人员',
    url: '地址不可用：须为 https 的公网地址，或中心设置中放行的内网地址，不带用户名和密码',
    tooMany: '推送地址最多 10 个，请先取消不用的',
    events: '请至少选一种事件',
    openCases: '还有未办结的工单，办结或改派后才能撤销',
  },
  people: adminPeopleWords,
  units: adminUnitsWords,
  desks: adminDesksWords,
  script: adminScriptWords,
  outbox: adminOutboxWords,
  systems: adminSystemsWords,
  tables: adminTablesWords,
  roles: adminRolesWords,
  audit: adminAuditWords,
} as const
