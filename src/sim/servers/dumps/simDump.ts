const DAY = 86_400_000

/** A file of a dump site, by its path. */
export interface SimDump {
  readonly venue: 'binance' | 'bybit'
  readonly market: 'spot' | 'perp'
  readonly kind: 'klines' | 'aggTrades' | 'metrics' | 'fundingRate' | 'trades'
  readonly name: string
  /** Of klines, as the site writes it. */
  readonly interval: string
  /** Name of the file without its ending. */
  readonly stem: string
  /** Begin and end of its day or month. */
  readonly from: number
  readonly to: number
  readonly step: 'daily' | 'monthly'
}

const BINANCE =
  /^\/data\/(spot|futures\/um)\/(daily|monthly)\/(klines|aggTrades|metrics|fundingRate)\/([^/]+)\/(?:([^/]+)\/)?(([^/]+?)-([^/]+?)-(\d{4}-\d{2}(?:-\d{2})?))\.zip$/
const BYBIT_PERP = /^\/trading\/([^/]+)\/(([^/]+?)(\d{4}-\d{2}-\d{2}))\.csv\.gz$/
const BYBIT_SPOT = /^\/spot\/([^/]+)\/(([^/]+?)_(\d{4}-\d{2}-\d{2}))\.csv\.gz$/

/** What a path names, by the layouts of both sites; undefined where there is nothing of the kind. */
export function simDump(path: string): SimDump | undefined {
  return binanceDump(path) ?? bybitDump(path, BYBIT_PERP, 'perp') ?? bybitDump(path, BYBIT_SPOT, 'spot')
}

function binanceDump(path: string): SimDump | undefined {
  const [, root, step, kind, name, interval = '', stem = '', again, what, period] = BINANCE.exec(path) ?? []
  if (name === undefined || name !== again || what !== (kind === 'klines' ? interval : kind)) return undefined
  const span = spanOf(period)
  if (span === undefined || span.step !== step) return undefined
  const only = { metrics: 'daily', fundingRate: 'monthly' }[kind as string]
  if (only !== undefined && (only !== step || root === 'spot')) return undefined
  const market = root === 'spot' ? 'spot' : 'perp'
  return { venue: 'binance', market, kind: kind as SimDump['kind'], name, interval, stem, ...span }
}

function bybitDump(path: string, pattern: RegExp, market: SimDump['market']): SimDump | undefined {
  const [, name, stem = '', again, period] = pattern.exec(path) ?? []
  const span = spanOf(period)
  if (name === undefined || name !== again || span === undefined) return undefined
  return { venue: 'bybit', market, kind: 'trades', name, interval: '', stem, ...span }
}

function spanOf(period = ''): Pick<SimDump, 'from' | 'to' | 'step'> | undefined {
  const isDay = period.length === 10
  const from = Date.parse(isDay ? period : `${period}-01`)
  if (Number.isNaN(from)) return undefined
  if (isDay) return { from, to: from + DAY, step: 'daily' }
  const date = new Date(from)
  return { from, to: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1), step: 'monthly' }
}

/** When the site has a file: that of a day when it is over, that of a month on the first Monday after it. */
export function publishedAt({ step, to }: SimDump): number {
  if (step === 'daily') return to
  // 1970 began on a Thursday.
  const sinceMonday = (to / DAY + 3) % 7
  return to + ((7 - sinceMonday) % 7) * DAY
}
