import { expect, it } from 'vitest'
import { candlesOfCloses } from '../../test/support/madeCandles.ts'
import { frameOf, startingAt } from '../../test/support/madeFrame.ts'
import { parseInstant } from '../core/instant.ts'
import { emptyFrame } from './quoteFrame.ts'
import { withCloses } from './withCloses.ts'

const btc = frameOf(startingAt('2025-04-02', candlesOfCloses([20, 21, 22])), { asset: 'BTC' })
const eth = frameOf(startingAt('2025-04-01', candlesOfCloses([1, 2, 3])), { asset: 'ETH' })

it('lays closes on the bars of the frame, by their time', () => {
  const both = withCloses(eth, 'BTC', btc)
  expect(Array.from(both.quotes.get('close(BTC)')!)).toEqual([NaN, 20, 21])
  expect(both.inputs.map(({ instrument }) => instrument)).toEqual(['ETHUSDT', 'BTCUSDT'])
})

it('takes the grid of the first where there is none', () => {
  const alone = withCloses(emptyFrame('X', '1d', parseInstant('2025-05-01')), 'BTC', btc)
  expect(alone.grid).toEqual(btc.grid)
  expect(Array.from(alone.quotes.get('close(BTC)')!)).toEqual([20, 21, 22])
})
