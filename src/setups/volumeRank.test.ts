import { describe, expect, it } from 'vitest'
import { volumeRank } from './volumeRank.ts'

const rising = Float64Array.from({ length: 60 }, (_, i) => i + 1)
const endingWith = (volume: number) => rising.with(59, volume)

describe('volumeRank', () => {
  it('is a shakeout among the top 3 of 60', () => {
    expect(volumeRank(rising, 59)).toEqual({ word: 'shakeout', percentile: 100 })
    expect(volumeRank(endingWith(57.5), 59).word).toBe('shakeout')
    expect(volumeRank(endingWith(56.5), 59).word).toBe('ordinary')
  })

  it('counts a volume just as large as larger', () => {
    expect(volumeRank(endingWith(58), 59).word).toBe('shakeout')
    expect(volumeRank(endingWith(57), 59).word).toBe('ordinary')
  })

  it('is quiet below the median of the 60', () => {
    expect(volumeRank(endingWith(29.5), 59).word).toBe('quiet')
    expect(volumeRank(endingWith(30.5), 59).word).toBe('ordinary')
  })

  it('gives the share of smaller ones in percent', () => {
    expect(volumeRank(endingWith(0), 59).percentile).toBe(0)
    expect(volumeRank(endingWith(29.5), 59).percentile).toBeCloseTo((100 * 29) / 59)
  })

  it('is unknown before 60 bars and where a volume is missing', () => {
    expect(volumeRank(rising, 58)).toEqual({ word: 'unknown', percentile: NaN })
    expect(volumeRank(rising.with(3, NaN), 59).word).toBe('unknown')
    expect(volumeRank(endingWith(NaN), 59).word).toBe('unknown')
  })
})
