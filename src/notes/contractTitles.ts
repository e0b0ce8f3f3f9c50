import { openAt } from '../core/candles.ts'
import { REGIMES } from '../metrics/contracts/priceOiRegime.ts'
import type { ContractReading } from './contractReading.ts'
import type { FrameReader } from './frameReader.ts'
import { lastInterestBar } from './interestBar.ts'
import { SHARES, type ShareId } from './positioningShares.ts'
import type { Reading } from './reading.ts'
import { REGIME_BARS, REGIME_LABELS } from './regimeWindows.ts'

import { sayCount, sayDay, sayPercent, sayVenue, saySize } from './wording.ts'

/** What the figure of open interest shows: the last window of price and coins, and what drove it where that is clear. */
export function interestTitle({ asset, asOf }: Reading, contracts: ContractReading): string {
  const { all } = contracts
  const coins = all.column('open_interest.coins')
  const bar = lastInterestBar(contracts)
  const id = `price_oi_regime(${REGIME_BARS})`
  const [price, interest] = [all.column(`${id}.price_change`)[bar] ?? NaN, all.column(`${id}.oi_change`)[bar] ?? NaN]
  if (Number.isNaN(price + interest)) {
    return `Open interest stood at ${saySize(coins[bar] ?? NaN)} ${asset} on ${sayDay(openAt(all.candles, bar), asOf)}`
  }
  const regime = REGIMES[all.column(`${id}.value`)[bar] ?? NaN] ?? 'unclear'
  const driver = regime === 'unclear' ? '' : `: ${REGIME_LABELS[regime]}`
  return `In ${sayCount(REGIME_BARS)} days price ${moved(price)} and open interest ${moved(interest)} in coins${driver}`
}

const moved = (pct: number): string =>
  Math.abs(pct) < 0.05 ? 'held' : `${pct > 0 ? 'rose' : 'fell'} ${sayPercent(pct)}`

/** What the figure of venues shows: the largest, and how far it is ahead. */
export function venuesTitle({ asset }: Reading, { venues }: ContractReading): string {
  const sizes = venues
    .map(({ venue, reader }) => ({ venue, coins: lastValue(reader, 'open_interest.coins') }))
    .filter(({ coins }) => !Number.isNaN(coins))
    .toSorted((a, b) => b.coins - a.coins)
  const [first, second] = sizes
  if (first === undefined || second === undefined) return `Open interest in ${asset}, venue by venue`
  return `${sayVenue(first.venue)} held most open interest, ${saySize(first.coins)} ${asset}, before ${sayVenue(second.venue)} with ${saySize(second.coins)}`
}

const FLOW_BARS = 7

/** What the figure of taker flow shows: which way each market went in a week. */
export function flowTitle({ all }: ContractReading): string {
  const week = (market: 'spot' | 'futures'): number => {
    const delta = all.column(`cvd(${market}).delta`)
    const last = lastBar(delta)
    return delta.subarray(Math.max(0, last - FLOW_BARS + 1), last + 1).reduce((sum, value) => sum + value, 0)
  }
  const [spot, futures] = [week('spot'), week('futures')]
  const side = (value: number): string => (value > 0 ? 'bought' : 'sold')
  const days = `in the last ${sayCount(FLOW_BARS)} days`
  if (!spot && !futures) return 'What takers bought and sold'
  if (!futures) return `Takers ${side(spot)} ${saySize(Math.abs(spot))} dollars net on spot ${days}`
  if (!spot) return `Takers ${side(futures)} ${saySize(Math.abs(futures))} dollars net on futures ${days}`
  const other = side(futures) === side(spot) ? '' : `${side(futures)} `
  return `Takers ${side(spot)} ${saySize(Math.abs(spot))} dollars net on spot and ${other}${saySize(Math.abs(futures))} on futures ${days}`
}

/** What the figure of funding shows: who pays, how much, and how unusual that is. */
export function fundingTitle({ all }: ContractReading): string {
  const annual = lastValue(all, 'funding.value')
  const bar = lastBar(all.column('funding.value'))
  const place = all.column('funding.percentile')[bar] ?? NaN
  if (annual < 0) return `Shorts paid longs ${sayPercent(annual)} a year`
  const among = Number.isNaN(place) ? '' : `, more than on ${sayPercent(place)} of the days held of the 180 before`
  return `Longs paid shorts ${sayPercent(annual)} a year${among}`
}

/** What the figure of positioning shows: the share long by the measures that are farthest apart. */
export function sharesTitle({ all }: ContractReading, held: readonly ShareId[]): string {
  const shares = held
    .filter((id) => id !== 'taker_ratio' || held.length === 1)
    .map((id) => ({ id, share: lastValue(all, `${id}.share_long`) }))
    .toSorted((a, b) => b.share - a.share)
  const [most, least] = [shares[0], shares.at(-1)]
  if (most === undefined || least === undefined) return 'Share of the long side'
  const first = `${sayPercent(most.share)} of ${SHARES[most.id].whole} ${isMany(most.id) ? 'were' : 'was'} long`
  return most.id === least.id ? first : `${first}, and ${sayPercent(least.share)} of ${SHARES[least.id].whole}`
}

const isMany = (id: ShareId): boolean => id === 'long_short_accounts' || id === 'top_accounts'

const lastBar = (column: Float64Array): number => column.findLastIndex((value) => !Number.isNaN(value))

function lastValue(reader: FrameReader, id: string): number {
  const column = reader.column(id)
  return column[lastBar(column)] ?? NaN
}
