import { expect, it } from 'vitest'
import { SpoiltStretches } from './spoiltStretches.ts'

const lost = (from: number, to: number, why = 'no convention') => ({ from, to, why })

it('counts how often a stretch was found spoilt, lane by lane and beginning by beginning', () => {
  const spoilt = new SpoiltStretches()
  const tries = [spoilt.found('a', lost(0, 10)), spoilt.found('a', lost(0, 10)), spoilt.found('a', lost(5, 10))]
  expect([...tries, spoilt.found('b', lost(0, 10))]).toEqual([1, 2, 1, 1])
})

it('forgets what was asked for and was whole', () => {
  const spoilt = new SpoiltStretches()
  spoilt.found('a', lost(0, 10, 'first'))
  spoilt.found('a', lost(20, 30, 'second'))
  spoilt.found('b', lost(0, 10, 'other lane'))
  spoilt.asked('a', { from: 0, to: 20 }, [])
  expect(spoilt.list().map(({ why }) => why)).toEqual(['second', 'other lane'])
  expect(spoilt.found('a', lost(0, 10))).toBe(1)
})

it('keeps what was spoilt again, and what was not asked for', () => {
  const spoilt = new SpoiltStretches()
  spoilt.found('a', lost(0, 10))
  spoilt.found('a', lost(10, 20))
  spoilt.found('a', lost(30, 40))
  spoilt.asked('a', { from: 0, to: 30 }, [{ from: 10, to: 20 }])
  expect(spoilt.list()).toHaveLength(2)
  expect(spoilt.found('a', lost(10, 20))).toBe(2)
})
