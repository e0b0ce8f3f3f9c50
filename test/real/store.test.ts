import { expect, it } from 'vitest'
import { parseInstant } from '../../src/core/instant.ts'
import { candle } from '../../src/records/candle.ts'
import { openFile } from '../../src/sources/files/openFile.ts'
import { ingest } from '../../src/store/ingest.ts'
import type { Store } from '../../src/store/open.ts'
import { countRows } from '../../src/store/queries/countRows.ts'
import { readCandles, type CandleRows } from '../../src/store/queries/readCandles.ts'
import { temporary } from '../support/temporaryStore.ts'
import { dataFile, describeWithData } from './data.ts'

const SPOT = 'market/binance_spot_1d_2017_2026.csv.gz'
const SPOT_WITH_TAKER = 'market/binance_spot_1d_taker_2018_2026.csv.gz'
const PERP = 'market/binance_um_perp_4h_2024-12-01_2025-05-10.csv.gz'

async function put(store: Store, relative: string, market: 'spot' | 'perp' = 'spot') {
  const { batches } = await openFile('candles', dataFile(relative)!, { venue: 'binance', market })
  return await ingest(store, { record: candle, batches, label: relative })
}

const asOf = parseInstant('2026-02-01')
const read = (store: Store, instrument: string): Promise<CandleRows> =>
  readCandles(store, { venue: 'binance', market: 'spot', instrument, interval: '1d', asOf })

describeWithData('a store of real candles', () => {
  const { open } = temporary()

  it('is the same whichever of two overlapping files came first, the fuller rows standing', async () => {
    const coins = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'DOGEUSDT']
    const plainFirst = await open()
    expect(await put(plainFirst, SPOT)).toMatchObject({ rows: 50_846, added: 50_846 })
    expect(await put(plainFirst, SPOT_WITH_TAKER)).toMatchObject({ rows: 75_034, added: 28_401, fuller: 46_633 })
    expect(await put(plainFirst, SPOT)).toMatchObject({ added: 0, fuller: 0, unchanged: 50_846 })
    const [held, views] = [
      await countRows(plainFirst, candle),
      await Promise.all(coins.map((coin) => read(plainFirst, coin))),
    ]
    expect(held).toBe(79_247)
    await plainFirst.close()

    const fullFirst = await open()
    expect(await put(fullFirst, SPOT_WITH_TAKER)).toMatchObject({ added: 75_034 })
    expect(await put(fullFirst, SPOT)).toMatchObject({ added: 4_213, fuller: 0, unchanged: 46_633 })
    expect(await countRows(fullFirst, candle)).toBe(held)
    expect(await Promise.all(coins.map((coin) => read(fullFirst, coin)))).toEqual(views)
    expect(views[0]!.takerBuyVolume.some((volume) => volume > 0)).toBe(true)
  })

  it('takes all perpetuals of five months, and nothing of them twice', async () => {
    const store = await open()
    expect(await put(store, PERP, 'perp')).toMatchObject({ rows: 306_946, added: 306_946 })
    expect(await put(store, PERP, 'perp')).toMatchObject({ added: 0, unchanged: 306_946 })
    expect(await countRows(store, candle)).toBe(306_946)
  })
})
