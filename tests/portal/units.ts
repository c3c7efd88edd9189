/** The unit that the tests look at, one that takes part, and one that has nothing to do with either. */
export const units = [
  { id: 'U-CG', name: '市城市管理和综合执法局', district: null },
  { id: 'U-SW', name: '市水务局', district: null },
  { id: 'U-PJ', name: '蓬江区住房和城乡建设局', district: '蓬江区' },
] as const
/** Two of the first unit, one of each other one; all with the demo's password. */
export const people = [
  { staffNo: '3001', name: '城管局经办一', unit: 'U-CG' },
  { staffNo: '3002', name: '城管局经办二', unit: 'U-CG' },
  { staffNo: '3003', name: '水务局经办一', unit: 'U-SW' },
  { staffNo: '3004', name: '蓬江住建经办一', unit: 'U-PJ' },
] as const
