import type { Grid } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import type { InstantMs } from '../core/instant.ts'
import { frameReader, type FrameReader } from './frameReader.ts'

/** What is known of an asset's contracts: sums over venues, each venue by itself, and other assets to compare with. */
export interface ContractReading {
  /** Daily, with every group of columns that is held. */
  readonly all: FrameReader
  readonly venues: readonly VenueReading[]
  /** Assets that the share of market cap is compared with, the asset itself left out. */
  readonly peers: readonly PeerReading[]
  /** Where positions would be liquidated, by the window or the venue that they are of. */
  readonly maps?: readonly MapReading[]
  /** An estimated map over time. */
  readonly heat?: HeatReading
  /** What is not held, each with the command that would bring it. */
  readonly missing: readonly string[]
}

export interface VenueReading {
  readonly venue: string
  readonly reader: FrameReader
}

export interface PeerReading {
  readonly asset: string
  readonly reader: FrameReader
}

/** Where positions would be liquidated, seen from one moment. */
export interface MapReading {
  /** Begins the id of its figure: `liquidation-map-7d`. */
  readonly id: string
  /** What it is made of, as a sentence begins: `Estimated from seven days of open interest on Binance and Bybit`. */
  readonly source: string
  readonly basis: 'estimate' | 'published'
  readonly at: InstantMs
  /** Price that it is seen from. */
  readonly mark: number
  /** Middles of bins evenly spaced in ratio, ascending, and dollars in each. */
  readonly price: Float64Array
  readonly longUsd: Float64Array
  readonly shortUsd: Float64Array
  /** Sentences that must stand with the map: how good it was, how much of open interest is in it. */
  readonly remarks: readonly string[]
}

/** An estimated map at each bar of a grid: dollars of both sides, a column a bin. */
export interface HeatReading {
  readonly source: string
  readonly grid: Grid
  /** Middles of bins evenly spaced in ratio, ascending. */
  readonly bins: Float64Array
  readonly usd: readonly Float64Array[]
  readonly remarks: readonly string[]
}

/** Assets that open interest over market cap is compared with. */
export const PEERS = ['BTC', 'ETH', 'SOL', 'BNB'] as const

/** What only contracts have. */
const OF_CONTRACTS: ReadonlySet<string> = new Set([
  'open_interest',
  'perp_flow',
  'funding',
  'long_short_accounts',
  'top_accounts',
  'top_positions',
  'taker_ratio',
  'liquidations',
  'liquidation_map_exact',
])

/** Whether anything of contracts was read into a frame. */
export const holdsContracts = ({ inputs }: Frame): boolean => inputs.some(({ kind }) => OF_CONTRACTS.has(kind))

/** A frame of an asset, a venue or a peer, with what it lacks. */
export interface ContractFrame {
  readonly name: string
  readonly frame: Frame
  readonly missing: readonly string[]
}

/**
 * A reading of contracts from its frames; undefined where nothing is held of any.
 * @param all - of the asset over all venues
 * @param venues - of the asset, venue by venue
 * @param peers - of other assets
 */
export function contractReading(
  all: ContractFrame,
  venues: readonly ContractFrame[],
  peers: readonly ContractFrame[],
): ContractReading | undefined {
  const reader = readerOf(all.frame)
  if (reader === undefined || !holdsContracts(all.frame)) return undefined
  return {
    all: reader,
    venues: venues.flatMap(({ name, frame }) => {
      const own = holds(frame, 'open_interest.coins') ? readerOf(frame) : undefined
      return own === undefined ? [] : [{ venue: name, reader: own }]
    }),
    peers: peers.flatMap(({ name, frame }) => {
      const own = holds(frame, 'open_interest.coins') && holds(frame, 'market_cap.supply') ? readerOf(frame) : undefined
      return own === undefined ? [] : [{ asset: name, reader: own }]
    }),
    // What others have is of use beside what the asset has.
    missing: [
      ...all.missing,
      ...(holds(all.frame, 'open_interest.coins') ? peers.flatMap(({ missing }) => missing) : []),
    ],
  }
}

/** Every frame of a reading. */
export const framesOf = ({ all, venues, peers }: ContractReading): readonly Frame[] =>
  [all, ...[...venues, ...peers].map(({ reader }) => reader)].map(({ frame }) => frame)

const readerOf = (frame: Frame): FrameReader | undefined =>
  frame.candles === undefined ? undefined : frameReader(frame, frame.candles)

const holds = ({ columns }: Frame, name: string): boolean =>
  columns.get(name)?.some((value) => !Number.isNaN(value)) ?? false
