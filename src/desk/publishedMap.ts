import type { Frame } from '../core/frame.ts'
import { intervalMs } from '../core/interval.ts'
import { mapMoment } from '../metrics/contracts/mapMoment.ts'
import type { MapReading } from '../notes/contractReading.ts'
import { plural, sayVenue } from '../notes/wording.ts'
import { readMapAt } from './columns/exactMap.ts'
import { assetInstruments } from './columns/readColumns.ts'
import type { Desk } from './desk.ts'

/** The map of the positions that a venue publishes of the asset of a frame, as of its T; undefined where none are held. */
export async function readPublishedMap(desk: Desk, frame: Frame): Promise<Omit<MapReading, 'remarks'> | undefined> {
  const { asset, asOf, interval } = frame
  const instruments = await assetInstruments(desk, frame)
  const found = await readMapAt(desk, { asset, asOf, interval, stepMs: intervalMs(interval), instruments })
  if (found === undefined) return undefined
  const { venue, accounts, map } = found
  const { mark, price, longUsd, shortUsd } = mapMoment(map, map.mark)
  const left = Object.values(map.leftOut).reduce((sum, count) => sum + count, 0)
  const without = left === 0 ? '' : `; ${plural(left, 'position')} without a liquidation price in reach left out`
  return {
    id: 'liquidation-map-published',
    source: `Positions of ${plural(accounts, 'account')} that ${sayVenue(venue)} publishes${without}`,
    basis: 'published',
    at: asOf,
    mark,
    price,
    longUsd,
    shortUsd,
  }
}
