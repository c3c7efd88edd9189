/** 坐席 班长 质检 知识编辑 成员单位 管理员 审计: what somebody is here for; each person has one. */
export const staffRoles = [
  'operator',
  'monitor',
  'quality',
  'editor',
  'unitMember',
  'administrator',
  'auditor',
] as const
export type StaffRole = (typeof staffRoles)[number]
