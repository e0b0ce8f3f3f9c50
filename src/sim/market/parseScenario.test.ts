import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BadScenarioError, parseScenario } from './parseScenario.ts'

const good = {
  title: 'a week',
  seed: 'a',
  from: '2025-04-01',
  to: '2025-04-07',
  assets: [{ asset: 'ETH', quote: 'USDT', startPrice: 1800, volatilityPct: 60, dayVolumeQuote: 1e9 }],
  facts: [
    { asset: 'ETH', on: '2025-04-03', low: 1750, close: 1810 },
    { asset: 'ETH', on: '2025-04-04', high: 1830 },
  ],
  bounds: [{ asset: 'ETH', from: '2025-04-01', to: '2025-04-07', above: 1700, because: 'support' }],
}

const messageOf = (change: object): string => {
  try {
    parseScenario({ ...good, ...change }, 'week.json')
  } catch (error) {
    expect(error).toBeInstanceOf(BadScenarioError)
    return (error as Error).message
  }
  return 'accepted'
}
const withFact = (fact: object): string => messageOf({ facts: [good.facts[0], { asset: 'ETH', ...fact }] })
const withBound = (bound: object): string => messageOf({ bounds: [{ asset: 'ETH', because: 'test', ...bound }] })

describe('parseScenario', () => {
  it('accepts the scenario that ships with the demo', () => {
    const text = readFileSync(new URL('scenarios/april-2025.json', import.meta.url), 'utf8')
    expect(parseScenario(JSON.parse(text), 'april-2025.json').assets.map(({ asset }) => asset)).toEqual(['ETH', 'BTC'])
  })

  it('accepts facts that agree', () => {
    expect(parseScenario(good, 'week.json')).toEqual(good)
  })

  it.each([
    ['a missing title', { title: undefined }, 'week.json: title "undefined": Invalid input'],
    ['an unknown field', { colour: 1 }, 'Unrecognized key: "colour"'],
    ['a day that does not exist', { to: '2025-02-30' }, 'week.json: to "2025-02-30": Invalid ISO date'],
    [
      'an end before the start',
      { to: '2025-03-01' },
      'week.json: to "2025-03-01": is before the first day, 2025-04-01',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(messageOf(change)).toContain(message)
  })

  it.each([
    ['a price that is no number', { on: '2025-04-05', low: 'x' }, 'facts[1] (ETH 2025-04-05) low "x": Invalid input'],
    [
      'an asset that is not listed',
      { on: '2025-04-05', asset: 'SOL', low: 9 },
      'facts[1] (SOL 2025-04-05) asset "SOL": is not one of ETH',
    ],
    ['a day outside', { on: '2025-05-01', low: 1800 }, 'on "2025-05-01": lies outside 2025-04-01 to 2025-04-07'],
    ['a second fact for a day', { on: '2025-04-03', open: 1801 }, 'has a fact already, facts[0]'],
    [
      'a high under the close',
      { on: '2025-04-05', high: 1800, close: 1810 },
      'close "1810": is above the high 1800 of 2025-04-05',
    ],
    [
      'a close above the next day',
      { on: '2025-04-02', close: 1740 },
      'close "1740": is below the low 1750 of 2025-04-03',
    ],
    [
      'an open that is not the close before',
      { on: '2025-04-04', open: 1811 },
      'open "1811": is not the close before it, 1810',
    ],
    ['a price between two ticks', { on: '2025-04-05', low: 1800.005 }, 'low "1800.005": is not a multiple of 0.01'],
    ['a price beyond a bound', { on: '2025-04-05', low: 1699 }, 'low "1699": is below the low 1700 (support)'],
    [
      'volume of more days than there are',
      { on: '2025-04-05', highestVolumeOfDays: 60 },
      '"60": reaches back before 2025-04-01',
    ],
    ['a fact that says nothing', { on: '2025-04-05' }, 'says nothing'],
  ])('refuses %s', (_, fact, message) => {
    expect(withFact(fact)).toContain(message)
  })

  it.each([
    [
      'one that ends before it begins',
      { from: '2025-04-05', to: '2025-04-04', above: 1 },
      'to "2025-04-04": is before 2025-04-05',
    ],
    ['one without a side', { from: '2025-04-04', to: '2025-04-05' }, 'says neither above nor below'],
    [
      'one without room',
      { from: '2025-04-06', to: '2025-04-07', above: 1800, below: 1800 },
      'above "1800": leaves no room under 1800',
    ],
    [
      'one that the start price passes',
      { from: '2025-04-01', to: '2025-04-02', below: 1799 },
      'startPrice "1800": is above the high 1799 (test)',
    ],
  ])('refuses as a bound %s', (_, bound, message) => {
    expect(withBound(bound)).toContain(message)
  })

  it('refuses an asset that follows one not listed before it', () => {
    const assets = [{ ...good.assets[0], follows: { asset: 'BTC', correlation: 0.5 } }]
    expect(messageOf({ assets })).toContain('assets[0] (ETH) follows.asset "BTC": is not an asset listed before')
  })
})
