import { expect, it } from 'vitest'
import { dayIndex, dayOfWeek, timelineOf } from './timeline.ts'

it('counts both the first and the last day', () => {
  expect(timelineOf('2025-04-07', '2025-04-07')).toMatchObject({ days: 1, hours: 24, steps: 48 })
})

it('knows that 2025-04-07 was a Monday and 2025-04-06 a Sunday', () => {
  const timeline = timelineOf('2025-04-06', '2025-04-08')
  expect([dayOfWeek(timeline, 0), dayOfWeek(timeline, dayIndex(timeline, '2025-04-07'))]).toEqual([0, 1])
})
