import type { ColumnGroup, Frame } from '../core/frame.ts'
import {
  contractReading,
  holdsContracts,
  PEERS,
  type ContractFrame,
  type ContractReading,
} from '../notes/contractReading.ts'
import { publishedCoverage } from '../notes/sections/publishedMap.ts'
import { isVendor } from '../records/venues.ts'
import { assetInstruments, withColumns } from './columns/readColumns.ts'
import type { Desk } from './desk.ts'
import { readEstimatedMaps } from './estimatedMaps.ts'
import { readPublishedMap } from './publishedMap.ts'

const OVER_VENUES: readonly ColumnGroup[] = [
  'open_interest',
  'market_cap',
  'spot_flow',
  'perp_flow',
  'funding',
  'long_short_accounts',
  'top_accounts',
  'top_positions',
  'taker_ratio',
  'liquidations',
  'liquidation_map_7d',
  'liquidation_map_exact',
]

/** What is known of the contracts of the asset of a frame of daily candles; undefined where nothing is. */
export async function readContracts(desk: Desk, daily: Frame): Promise<ContractReading | undefined> {
  const [estimated, all] = await Promise.all([readEstimatedMaps(desk, daily), columnsOf(desk, daily, OVER_VENUES)])
  if (!holdsContracts(all.frame)) return undefined
  const [venues, peers] = await Promise.all([
    Promise.all(
      (await venuesOf(desk, daily)).map((venue) => columnsOf(desk, daily, ['open_interest', 'wallets'], venue)),
    ),
    Promise.all(PEERS.filter((each) => each !== daily.asset).map((asset) => readPeer(desk, asset, daily))),
  ])
  const reading = contractReading(all, venues, peers)
  if (reading === undefined) return undefined
  const published = await readPublishedMap(desk, daily)
  const exact = published === undefined ? [] : [{ ...published, remarks: [publishedCoverage(reading)] }]
  return { ...reading, ...estimated, maps: [...(estimated.maps ?? []), ...exact] }
}

/** What another asset is compared by needs none of its candles: it is laid on the same days. */
async function readPeer(desk: Desk, asset: string, daily: Frame): Promise<ContractFrame> {
  const days = { ...daily, asset, columns: new Map(), inputs: [], conventions: [] }
  return { ...(await columnsOf(desk, days, ['open_interest', 'market_cap'])), name: asset }
}

async function columnsOf(
  desk: Desk,
  frame: Frame,
  groups: readonly ColumnGroup[],
  venue?: string,
): Promise<ContractFrame> {
  const read = await withColumns(desk, frame, groups, venue === undefined ? {} : { venue })
  return { name: venue ?? frame.asset, ...read }
}

/** The venues on which an asset has a perpetual, vendors left out. */
async function venuesOf(desk: Desk, daily: Frame): Promise<readonly string[]> {
  const perps = (await assetInstruments(desk, daily)).filter(({ market }) => market === 'perp')
  return [...new Set(perps.map(({ venue }) => venue))].filter((venue) => !isVendor(venue)).toSorted()
}
