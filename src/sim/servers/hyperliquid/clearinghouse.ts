import { liquidationPrice, MAINTENANCE } from '../../market/live/accounts.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { decimalText } from './decimalText.ts'
import { holdingOf, holdingsOf, type Holding } from './holding.ts'
import { sizeText } from './trades.ts'
import { MAX_LEVERAGE } from './universe.ts'

/** Money and prices of liquidation, in dollars. */
const MONEY_DECIMALS = 6
const PRICE_DECIMALS = 8

/** What an account is worth. It holds the margin of its one position and nothing else; all of it backs the position. */
interface Worth {
  readonly szi: number
  readonly margin: number
  readonly profit: number
  readonly value: number
  /** The account's dollars: what was borrowed for a long is below 0. */
  readonly rawUsd: number
}

function worthOf(market: VenueMarket, { listing, account }: Holding): Worth {
  const szi = account.lots * listing.lot
  const mark = market.mark(listing)
  const margin = (Math.abs(szi) * account.entry) / account.leverage
  return {
    szi,
    margin,
    profit: szi * (mark - account.entry),
    value: Math.abs(szi) * mark,
    rawUsd: margin - szi * account.entry,
  }
}

/** How an address stands now; an address that nobody has holds nothing. */
export function clearinghouseState(market: VenueMarket, user: string): unknown {
  const holding = holdingOf(market, user)
  const isOpen = holding !== undefined && holding.account.lots !== 0
  const worth = isOpen ? worthOf(market, holding) : NOTHING
  const isCross = isOpen && holding.account.margin === 'cross'
  const used = usedMargin(worth, isCross && isOpen ? holding.account.leverage : undefined)
  const summary = summaryOf(worth, used)
  return {
    assetPositions: isOpen ? [{ position: positionOf(holding, worth, used), type: 'oneWay' }] : [],
    crossMaintenanceMarginUsed: money(isCross ? worth.value * MAINTENANCE : 0),
    crossMarginSummary: isCross ? summary : summaryOf(NOTHING, 0),
    marginSummary: summary,
    time: market.now(),
    withdrawable: money(isCross ? Math.max(0, worth.margin + worth.profit - used) : 0),
  }
}

const NOTHING: Worth = { szi: 0, margin: 0, profit: 0, value: 0, rawUsd: 0 }

/** Isolated: what stands behind the position now. Cross: its value over its leverage. */
const usedMargin = ({ margin, profit, value }: Worth, crossLeverage: number | undefined): number =>
  crossLeverage === undefined ? margin + profit : value / crossLeverage

const summaryOf = ({ margin, profit, value, rawUsd }: Worth, used: number): unknown => ({
  accountValue: money(margin + profit),
  totalMarginUsed: money(used),
  totalNtlPos: money(value),
  totalRawUsd: money(rawUsd),
})

function positionOf({ listing, account }: Holding, worth: Worth, used: number): unknown {
  const isCross = account.margin === 'cross'
  return {
    coin: listing.name,
    // The world's accounts pay no funding.
    cumFunding: { allTime: '0.0', sinceChange: '0.0', sinceOpen: '0.0' },
    entryPx: decimalText(account.entry, PRICE_DECIMALS),
    leverage: {
      ...(isCross ? {} : { rawUsd: money(worth.rawUsd) }),
      type: account.margin,
      value: account.leverage,
    },
    liquidationPx: decimalText(liquidationPrice(account), PRICE_DECIMALS),
    marginUsed: money(used),
    maxLeverage: MAX_LEVERAGE,
    positionValue: money(worth.value),
    returnOnEquity: decimalText(worth.profit / worth.margin, PRICE_DECIMALS),
    szi: sizeText(listing, account.lots),
    unrealizedPnl: money(worth.profit),
  }
}

const money = (value: number): string => decimalText(value, MONEY_DECIMALS)

const WINDOWS = ['day', 'week', 'month', 'allTime']

/** Every account with its worth: where a reader of positions finds addresses. What they earned is not kept. */
export const leaderboard = (market: VenueMarket): unknown => ({
  leaderboardRows: holdingsOf(market).map((holding) => {
    const { margin, profit } = holding.account.lots === 0 ? NOTHING : worthOf(market, holding)
    return {
      ethAddress: holding.account.id,
      accountValue: money(margin + profit),
      displayName: null,
      windowPerformances: WINDOWS.map((window) => [window, { pnl: money(profit), roi: '0.0', vlm: '0.0' }]),
    }
  }),
})
