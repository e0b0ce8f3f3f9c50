import { expect, it } from 'vitest'
import { binned } from '../logBins.ts'
import {
  mapSkill,
  mirroredVolumeMap,
  trueLevels,
  uniformMap,
  volumeMap,
  type KnownPast,
  type MapMaker,
} from './mapSkill.ts'

const HOUR = 3_600_000
const BIN = 0.005
/** Four days of hours, a moment at the end of the third. */
const BUCKET = 71

/** A price that swings by 1 % about 100, and in the last day walks down to 97 and back. */
function madePast(changed: Partial<KnownPast> = {}): KnownPast {
  const close = Float64Array.from({ length: 96 }, (_, i) =>
    i > BUCKET ? 100 - 3 * Math.sin(((i - 71) / 25) * Math.PI) : 100,
  )
  const tape = {
    close,
    high: close.map((price) => price * 1.005),
    low: close.map((price) => price * 0.995),
    vwap: close,
    volume: new Float64Array(96).fill(10),
    openInterest: new Float64Array(96).fill(1000),
  }
  const liquidations = [
    { bucket: 80, coins: 5, price: 97.6 },
    { bucket: 82, coins: 1, price: 97.1 },
  ]
  const standing = [
    { coins: 5, liquidationPrice: 97.6 },
    { coins: 1, liquidationPrice: 97.1 },
    { coins: 3, liquidationPrice: 104 },
    { coins: 9, liquidationPrice: 0 },
  ]
  return { stepMs: HOUR, tape, liquidations, standing: new Map([[BUCKET, standing]]), ...changed }
}

const scoreOf = (make: MapMaker, past = madePast()) => mapSkill(past, new Map([['it', make]]), BIN).get('it')!

it('finds that the truth itself cannot be bettered', () => {
  const score = scoreOf(trueLevels)
  expect(score.rank).toBeCloseTo(1, 12)
  expect(score.distance).toBeCloseTo(0, 12)
  expect(score.share).toBe(100)
})

it('finds that equal amounts everywhere order nothing and have a quarter of what happens', () => {
  const score = scoreOf(uniformMap)
  expect(score.rank).toBe(0)
  expect(score.share).toBeCloseTo(25, 12)
  expect(score.distance).toBeGreaterThan(1)
})

it('takes an empty map for one that says nothing', () => {
  expect(scoreOf((_, __, bins) => new Float64Array(bins.count))).toEqual(scoreOf(uniformMap))
})

it('gives less to a map that has its amounts where the price never was', () => {
  const wrong: MapMaker = (_, __, bins) =>
    binned(
      [
        { price: 97.6, usd: 1 },
        { price: 98.5, usd: 9 },
        { price: 99, usd: 9 },
      ],
      bins,
    )
  expect(scoreOf(wrong).share).toBeLessThan(scoreOf(trueLevels).share)
})

it('counts what was liquidated in the 24 hours after the moment only, and in bins that the price reached', () => {
  const early = { bucket: BUCKET, coins: 1e6, price: 97.6 }
  const past = madePast({ liquidations: [...madePast().liquidations, early] })
  expect(scoreOf(volumeMap(1), past)).toEqual(scoreOf(volumeMap(1)))
})

it('reads no bucket after the moment for a null map', () => {
  const past = madePast()
  const bins = { first: Math.floor(Math.log(90) / BIN), count: 40, width: BIN }
  const later = {
    ...past,
    tape: { ...past.tape, volume: past.tape.volume.map((coins, i) => (i > BUCKET ? 1e9 : coins)) },
  }
  for (const make of [volumeMap(1), mirroredVolumeMap(2)]) {
    expect(make(later, BUCKET, bins)).toEqual(make(past, BUCKET, bins))
  }
})

it('refuses a past that ends before the hours after a moment do, or has no average true range yet', () => {
  const standing = (bucket: number) => madePast({ standing: new Map([[bucket, []]]) })
  expect(() => scoreOf(uniformMap, standing(80))).toThrow('the past of bucket "80" ends before its horizon does')
  expect(() => scoreOf(uniformMap, standing(30))).toThrow('begins too shortly before it')
})

it('has no answer where nothing stood and nothing was liquidated', () => {
  const score = scoreOf(uniformMap, madePast({ liquidations: [], standing: new Map([[BUCKET, []]]) }))
  expect(score).toEqual({ rank: NaN, distance: NaN, share: NaN })
})
