import { expect, it } from 'vitest'
import { instant } from '../core/instant.ts'
import type { Desk } from './desk.ts'
import { readFrame } from './readFrame.ts'

it('does not read two markets into one frame, and says so', async () => {
  const unread = {} as Desk
  const needs = [
    { kind: 'candles', market: 'spot' },
    { kind: 'candles', market: 'perp' },
  ] as const
  const { frame, missing } = await readFrame(unread, needs, { asset: 'ETH', interval: '1d', asOf: instant(0) })
  expect(frame.grid.length).toBe(0)
  expect(missing).toEqual([
    '1d candles of ETH of one market: the measure asks for spot and perp at once; name one with --market',
  ])
})
