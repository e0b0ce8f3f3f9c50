import { HOUR_MS } from '../../../core/instant.ts'

/** One bar as the tape knows it; quantities in units of the instrument and in its quote. */
export interface SimCandle {
  readonly at: number
  readonly stepMs: number
  open: number
  high: number
  low: number
  close: number
  units: number
  quoteValue: number
  trades: number
  takerBuyUnits: number
  takerBuyQuoteValue: number
  /** What venues that count in contracts show: lots. */
  lots: number
}

export const MINUTE = 60_000

/** Bars of one minute, made of trades. A minute without a trade has a flat bar at the last price, as venues show it. */
export class CandleTape {
  readonly #bars: SimCandle[] = []
  /** Hours that have closed, joined once: tickers of a day ask for them at every trade. */
  readonly #hours = new Map<number, SimCandle>()
  readonly #startAt: number
  #last: number

  constructor(startAt: number, price: number) {
    this.#startAt = startAt
    this.#last = price
  }

  /** Fills in flat bars up to the minute that holds `ms`, so that it is there. */
  reach(ms: number): SimCandle {
    const wanted = Math.floor((ms - this.#startAt) / MINUTE)
    while (this.#bars.length <= wanted) this.#bars.push(flat(this.#startAt + this.#bars.length * MINUTE, this.#last))
    return this.#bars[wanted] as SimCandle
  }

  add(trade: {
    readonly at: number
    readonly price: number
    readonly lots: number
    readonly units: number
    readonly quoteValue: number
    readonly takerBuy: boolean
  }): SimCandle {
    const bar = this.reach(trade.at)
    const { price, units, quoteValue } = trade
    if (bar.trades === 0) bar.open = price
    bar.high = bar.trades === 0 ? price : Math.max(bar.high, price)
    bar.low = bar.trades === 0 ? price : Math.min(bar.low, price)
    bar.close = price
    bar.units += units
    bar.lots += trade.lots
    bar.quoteValue += quoteValue
    bar.trades++
    if (trade.takerBuy) {
      bar.takerBuyUnits += units
      bar.takerBuyQuoteValue += quoteValue
    }
    this.#last = price
    return bar
  }

  /** Bars of a length that is whole minutes, opening in [from, to), oldest first; the last may be running. */
  bars(stepMs: number, from: number, to: number): readonly SimCandle[] {
    const parts = stepMs / MINUTE
    const found: SimCandle[] = []
    const first = Math.ceil(Math.max(from, this.#startAt) / stepMs) * stepMs
    const end = this.#startAt + this.#bars.length * MINUTE
    for (let at = first; at < Math.min(to, end); at += stepMs) {
      const i = (at - this.#startAt) / MINUTE
      const bar = this.#hours.get(stepMs === HOUR_MS ? at : NaN) ?? joinBars(this.#bars.slice(i, i + parts), stepMs)
      if (bar === undefined) continue
      found.push(bar)
      if (stepMs === HOUR_MS && at + stepMs < end) this.#hours.set(at, bar)
    }
    return found
  }
}

const flat = (at: number, price: number): SimCandle => ({
  at,
  stepMs: MINUTE,
  open: price,
  high: price,
  low: price,
  close: price,
  units: 0,
  quoteValue: 0,
  trades: 0,
  takerBuyUnits: 0,
  takerBuyQuoteValue: 0,
  lots: 0,
})

/** One bar made of bars that follow each other, as long as said; undefined where there is none. */
export function joinBars(bars: readonly SimCandle[], stepMs: number): SimCandle | undefined {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const sum = (field: 'units' | 'quoteValue' | 'trades' | 'takerBuyUnits' | 'takerBuyQuoteValue' | 'lots'): number =>
    bars.reduce((total, bar) => total + bar[field], 0)
  return {
    at: first.at,
    stepMs,
    open: first.open,
    high: Math.max(...bars.map(({ high }) => high)),
    low: Math.min(...bars.map(({ low }) => low)),
    close: last.close,
    units: sum('units'),
    quoteValue: sum('quoteValue'),
    trades: sum('trades'),
    takerBuyUnits: sum('takerBuyUnits'),
    takerBuyQuoteValue: sum('takerBuyQuoteValue'),
    lots: sum('lots'),
  }
}
