import { describe, expect, test } from 'vitest'
import { asking, bare, BETWEEN } from '../../shared/kb/bus-question.ts'
import { createBusNetwork, runningAt, type BusNetwork, type LineOfArticle } from '../../shared/kb/bus-network.ts'
import { loadInitials } from '../../shared/kb/initials.ts'
import { placeOf } from '../../shared/kb/place-names.ts'
import { bestWay, findWays, type Way } from '../../shared/kb/route-finder.ts'
import { sayWays } from '../../shared/kb/route-words.ts'
import type { LineSheet } from '../../shared/kb/sheet.ts'
import { must } from '../../shared/errors.ts'
import { seededSheets } from './seeded-sheets.ts'

const initialsOf = await loadInitials()

const line = (name: string, stops: string, more: Partial<LineSheet> = {}): LineOfArticle => ({
  article: { id: `KB-${name}`, version: 1 },
  line: {
    ...{ kind: 'line', name, fare: '2 元', interval: '10 分', minutes: 10, stops: stops.split(' ') },
    ...{ there: { first: '6:00', last: '22:00' }, back: { first: '6:00', last: '22:00' } },
    ...more,
  },
})

const seeded = createBusNetwork(
  seededSheets.flatMap((article) =>
    article.sheets.flatMap((sheet) => (sheet.kind === 'line' ? [{ line: sheet, article }] : [])),
  ),
)
const stops = [...new Set(seeded.directions.flatMap((direction) => direction.stops))]

type Cost = { readonly rides: number; readonly stops: number; readonly walks: number }

/**
 * What a best way costs, by trying all: rides between all pairs of stops, then one more ride from every stop that was
 * reached, walking where two names are one place. By plain numbers: a walk is far less than a stop.
 */
function byTryingAll(network: BusNetwork) {
  const names = [...new Set(network.directions.flatMap((direction) => direction.stops))]
  const place = names.map(placeOf)
  const at = new Map(names.map((name, index) => [name, index]))
  const ride = names.map(() => names.map(() => Infinity))
  for (const direction of network.directions) {
    direction.stops.forEach((from, i) =>
      direction.stops.forEach((to, j) => {
        const row = must(ride[must(at.get(from), from)], from)
        const column = must(at.get(to), to)
        if (j > i) row[column] = Math.min(row[column] ?? Infinity, (j - i) * 1000)
      }),
    )
  }
  const sameAs = place.map((own) => place.flatMap((other, j) => (other === own ? [j] : [])))
  /** The costs from a stop to every place, of the fewest rides that come there. */
  const from = (start: string) => {
    const costs = new Map<string, Cost>()
    let reached = names.map((_, i) => (place[i] === placeOf(start) ? 0 : Infinity))
    for (let rides = 1; rides <= 3; rides += 1) {
      const walked = sameAs.map((all, i) =>
        Math.min(...all.map((j) => (reached[j] ?? Infinity) + (i === j || rides === 1 ? 0 : 1))),
      )
      reached = names.map((_, to) =>
        walked.reduce((least, cost, stop) => Math.min(least, cost + (ride[stop]?.[to] ?? Infinity)), Infinity),
      )
      for (const [i, all] of sameAs.entries()) {
        const best = Math.min(...all.map((j) => reached[j] ?? Infinity))
        const there = must(place[i], 'a place')
        if (best < Infinity && !costs.has(there))
          costs.set(there, { rides, stops: Math.floor(best / 1000), walks: best % 1000 })
      }
    }
    return costs
  }
  return (start: string) => {
    const costs = from(start)
    return (to: string): Cost | null => costs.get(placeOf(to)) ?? null
  }
}

const costOf = (way: Way | null): Cost | null => way && { rides: way.legs.length, stops: way.stops, walks: way.walks }

/** Every ride is on its line in that order, and each begins at the place where the one before ended. */
function expectRidable({ legs, stops: ridden }: Way): void {
  for (const { direction, from, to, stops: own } of legs)
    expect(direction.stops.indexOf(to, direction.stops.indexOf(from)) - direction.stops.indexOf(from)).toBe(own)
  legs.slice(1).forEach((leg, i) => expect(placeOf(leg.from)).toBe(placeOf(must(legs[i], 'a leg').to)))
  expect(legs.reduce((sum, leg) => sum + leg.stops, 0)).toBe(ridden)
}

describe('KR3 the fewest changes, then the fewest stops, then the least walking', () => {
  const sample = stops.filter((_, i) => i % 26 === 0)

  test('between a sample of stops nothing is better, by trying all', () => {
    const costs = byTryingAll(seeded)
    let found = 0
    for (const from of sample) {
      const costTo = costs(from)
      for (const to of sample) {
        if (placeOf(from) === placeOf(to)) continue
        const way = bestWay(seeded, [from], [to], null)
        expect([from, to, costOf(way)]).toEqual([from, to, costTo(to)])
        if (way) expectRidable(way)
        found += way ? 1 : 0
      }
    }
    expect(found).toBeGreaterThan(sample.length)
  })

  test('a change without walking goes before one of the same length with it', () => {
    const network = createBusNetwork([
      line('1 路', '甲村 江门站 乙村 丙村 丁村'),
      line('2 路', '江门火车站 戊村 己村 庚村 辛村'),
      line('3 路', '乙村 壬村 庚村'),
    ])
    const costs = byTryingAll(network)
    const way = must(bestWay(network, ['甲村'], ['庚村'], null), 'a way')
    expect(way.legs.map((leg) => leg.direction.line.name)).toEqual(['1 路', '3 路'])
    expect(costOf(way)).toEqual(costs('甲村')('庚村'))
    const walking = must(bestWay(network, ['甲村'], ['辛村'], null), 'a way')
    expect([walking.walks, walking.legs[1]?.from]).toEqual([1, '江门火车站'])
    expect(sayWays([walking]).zh).toContain('到江门站，走到江门火车站换 2 路到辛村')
  })

  test('more than two changes are none, nor is where one is already', () => {
    const chain = createBusNetwork([
      line('1 路', '甲 乙'),
      line('2 路', '乙 丙'),
      line('3 路', '丙 丁'),
      line('4 路', '丁 戊'),
    ])
    expect(bestWay(chain, ['甲'], ['丁'], null)?.legs).toHaveLength(3)
    expect(bestWay(chain, ['甲'], ['戊'], null)).toBeNull()
    expect(bestWay(chain, ['甲'], ['甲'], null)).toBeNull()
  })

  test('a line that runs one way is ridden that way, and a way back of its own is gone by', () => {
    const network = createBusNetwork([
      line('1 路', '甲 乙 丙', { back: null }),
      line('2 路', '丁 戊 己', { backStops: ['己', '庚', '丁'] }),
    ])
    expect(bestWay(network, ['丙'], ['甲'], null)).toBeNull()
    expect(costOf(bestWay(network, ['己'], ['戊'], null))).toEqual({ rides: 2, stops: 3, walks: 0 })
    expect(bestWay(network, ['己'], ['丁'], null)?.stops).toBe(2)
  })
})

describe('KR1 KR2 what people say finds the stop', () => {
  const found = (said: string) => seeded.find(said, initialsOf)?.stops ?? []

  test('names of one place, with 站 or without it, full-width and small', () => {
    for (const said of ['江门站', '江门火车站', '高铁站', ' 江门 站 ', '珠西枢纽'])
      expect(found(said)).toEqual(['江门站'])
    expect(found('东湖公园站')).toEqual(['东湖公园'])
    expect(found('新会')).toEqual(['新会汽车站'])
    expect(found('市中心医院')).toEqual(['中心医院'])
  })

  test('a part of a name means all that begin so; what is said too widely means none', () => {
    expect(found('白沙大道').toSorted()).toEqual(['白沙大道东', '白沙大道中', '白沙大道西'].toSorted())
    expect(found('东湖公园正门')).toEqual(['东湖公园'])
    expect([found('市场'), found('站'), found('甲乙丙丁戊')]).toEqual([[], [], []])
  })

  test('one other character is understood; of three characters it has to sound alike', () => {
    expect(found('东狐公园')).toEqual(['东湖公园'])
    expect(found('江们站')).toEqual(['江门站'])
    expect(found('圭峰三')).toEqual(['圭峰山'])
    expect(found('圭峰路')).toEqual([])
    expect(seeded.find('东狐公园', initialsOf)?.how).toBe('nearly')
  })
})

describe('KR5 the last bus is looked at', () => {
  const night = line('夜 1 路', '甲 乙 丙 丁', { there: { first: '22:30', last: '0:30' } })
  const day = line('1 路', '甲 乙 丙', { minutes: 20 })
  const network = createBusNetwork([day, night])
  const at = (clock: string) => Number(clock.split(':')[0]) * 60 + Number(clock.split(':')[1])
  const names = (clock: string, to = '丙') =>
    findWays(network, ['甲'], [to], at(clock)).map(({ legs }) =>
      legs.map((leg) => `${leg.direction.line.name} ${leg.running}`).join(),
    )

  test('a bus comes to a stop as much later as it needs to there; a last bus before the first leaves after midnight', () => {
    const [there] = network.directions
    const running = (stop: number, clock: string) => runningAt(must(there, 'a direction'), stop, at(clock))
    expect([running(0, '22:00'), running(0, '22:01'), running(1, '22:10'), running(1, '22:11')]).toEqual([
      'runs',
      'gone',
      'runs',
      'gone',
    ])
    expect([running(0, '6:00'), running(0, '5:00'), running(0, '4:00'), running(0, '1:00')]).toEqual([
      'runs',
      'notYet',
      'later',
      'gone',
    ])
    const dark = must(network.directions[2], 'a direction')
    expect(['22:29', '22:30', '0:30', '0:31', '12:00'].map((clock) => runningAt(dark, 0, at(clock)))).toEqual([
      'notYet',
      'runs',
      'runs',
      'gone',
      'later',
    ])
  })

  test('what still comes goes before what has gone, and by day the night bus is not spoken of', () => {
    expect(names('12:00')).toEqual(['1 路 runs'])
    expect(names('23:00')).toEqual(['夜 1 路 runs'])
    expect(names('3:00')).toEqual(['1 路 later'])
    expect(names('12:00', '丁')).toEqual(['夜 1 路 later'])
  })

  test('where the direct bus has gone, a way with a change that still runs is said after that', () => {
    const late = createBusNetwork([
      line('28 路', '甲 乙 丙'),
      line('8 路', '甲 戊', { there: { first: '6:00', last: '23:30' } }),
      line('16 路', '戊 己 丙', { there: { first: '6:00', last: '23:30' } }),
    ])
    const [way, ...others] = findWays(late, ['甲'], ['丙'], at('22:30'))
    const said = sayWays([must(way, 'a way'), ...others])
    expect(said.zh).toMatch(
      /^28 路末班 22:00 已过，现在可以在甲坐 8 路到戊，换 16 路到丙，约 3 站、\d+ 分钟，8 路末班 23:30、16 路末班 23:30。$/,
    )
    expect(said.en).toMatch(/^The last bus 28 \(22:00\) has gone, take bus 8 at 甲 to 戊, change to bus 16 to 丙/)
    const gone = findWays(late, ['甲'], ['丙'], at('0:30'))
    expect(sayWays([must(gone[0], 'a way')]).zh).toMatch(/^28 路末班 22:00 已过，首班 6:00：在甲坐 28 路直达丙/)
  })
})

test('KR4 of lines that are called alike the first holds, and a line that goes there twice over is told once, by its shorter way', () => {
  const network = createBusNetwork([
    line('1 路', '甲 乙 丙 丁', { backStops: ['丁', '甲', '丙'] }),
    line('１路', '甲 丁'),
    line('2 路', '甲 乙 丙 丁'),
  ])
  const told = findWays(network, ['甲'], ['丙'], 720).map(
    ({ legs: [leg], stops: ridden }) => `${leg?.direction.line.name} ${ridden}`,
  )
  expect(told).toEqual(['1 路 1', '2 路 2'])
})

test('KR7 no name of a stop is torn by what only asks, parts, or stands about a name', () => {
  const torn = stops.filter(
    (stop) => stop.search(asking) >= 0 || BETWEEN.test(stop) || /从|由/u.test(stop) || bare(stop) !== stop,
  )
  expect(torn).toEqual([])
})
