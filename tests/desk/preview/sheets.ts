import type { HoursSheet, LineSheet, Sheet } from '../../../shared/kb/sheet.ts'

/** Tables as articles of the demo hold them. */
export const line28: LineSheet = {
  ...{ kind: 'line', name: '28 路', fare: '2 元，可刷码', interval: '10–12 分', minutes: 35 },
  ...{ there: { first: '6:20', last: '22:00' }, back: { first: '6:20', last: '22:00' } },
  stops:
    '白沙大道中 丰乐公园 群星广场 北苑新村 杜阮北路口 环镇路 江门职院西门 里村大道 群华路 江门大道中 枇杷山 今古洲路口 会城大道北 枢纽大道 江门站'.split(
      ' ',
    ),
}

export const vehicleOffice: HoursSheet = {
  ...{ kind: 'hours', place: '市车辆管理所', names: ['车管所'], address: '江海区金瓯路 200 号', phone: '0750-3500211' },
  ...{ holidays: 'closed', note: '星期六只办驾驶证业务' },
  week: [
    {
      days: [1, 2, 3, 4, 5],
      open: [
        ['9:00', '12:00'],
        ['14:00', '17:00'],
      ],
    },
    { days: [6], open: [['9:00', '12:00']] },
  ],
}

export const idCardSheets: Sheet[] = [
  {
    ...{ kind: 'fees', title: '身份证收费与时限', columns: ['事项', '收费', '时限'] },
    rows: [
      ['首次申领', '免费', '10–20 个工作日'],
      ['换领（到期、损坏）', '20 元', '10–20 个工作日'],
      ['补领（遗失）', '40 元', '10–20 个工作日'],
      ['临时身份证', '10 元', '3 日，有效 3 个月'],
    ],
  },
  {
    ...{ kind: 'papers', title: '身份证材料', columns: ['事项', '材料'] },
    rows: [
      ['首次申领', '户口簿；16 岁以下由监护人陪同'],
      ['补领（遗失）', '报身份证号即可，不用登报'],
    ],
  },
]
