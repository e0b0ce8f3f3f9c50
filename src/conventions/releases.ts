import { civil, DAY_MS, HOUR_MS, instant, plusMs, type InstantMs } from '../core/instant.ts'
import { newYorkSession, SESSION_YEARS } from '../core/newYorkSession.ts'

/** When the value of a day is told. */
type Told =
  | 'at the close in New York'
  | 'when the day begins'
  | 'on the next day of business in New York'
  | 'on the Monday after its week'
  | 'at the end of the day in Chicago'

/** On which days a series has a value. */
type Days = 'all' | 'sessions' | 'weekdays'

/** What is known of a series' release, and from where. */
export interface Release {
  readonly symbols: readonly string[]
  readonly told: Told
  /** Days that it has a value of: all, those of sessions in New York, or weekdays, of which banks rest on some. */
  readonly days: Days
  readonly says: string
  readonly address: string
}

/** Series whose values of a day are not first known at the end of that day in UTC. */
const RELEASES: readonly Release[] = [
  {
    symbols: [
      'SPX',
      'SP500',
      'IXIC',
      'NASDAQCOM',
      'NASDAQ100',
      'NDX',
      'DJI',
      'GLD',
      'SLV',
      'SPY',
      'QQQ',
      'VIX',
      'VIXCLS',
    ],
    told: 'at the close in New York',
    days: 'sessions',
    says: 'Levels and prices of the New York session: public at its close, whoever publishes them again later.',
    address: 'https://www.nyse.com/markets/hours-calendars',
  },
  {
    symbols: ['GOLD_PAXG', 'GOLD_XAUT'],
    told: 'at the close in New York',
    days: 'sessions',
    says: 'Tokens of gold trade at all hours; the value of a day is their last price of an hour that was there at the close of New York.',
    address: 'https://docs.coingecko.com/demo/reference/coins-id-market-chart.md',
  },
  {
    symbols: ['FEAR_GREED', 'FNG'],
    told: 'when the day begins',
    days: 'all',
    says: 'The index is computed once a day and dated with the midnight in UTC at which it is told.',
    address: 'https://alternative.me/crypto/fear-and-greed-index/',
  },
  {
    symbols: ['TOTAL_CAP'],
    told: 'when the day begins',
    days: 'all',
    says: 'A point of the chart of all coins is what they were worth at the midnight in UTC that its day begins with.',
    address: 'https://docs.coingecko.com/v3.0.1/reference/global-market-cap-chart',
  },
  {
    symbols: ['DFEDTARL', 'DFEDTARU'],
    told: 'when the day begins',
    days: 'all',
    says: 'A decision is announced in the afternoon, a change of the target range takes effect on the day after.',
    address: 'https://www.federalreserve.gov/monetarypolicy/openmarket.htm',
  },
  {
    symbols: ['DTWEXBGS'],
    told: 'on the Monday after its week',
    days: 'weekdays',
    says: 'Days of a week are told together on the Monday after it at 16:15 in New York, on the next day of business where that is a holiday.',
    address: 'https://www.federalreserve.gov/releases/h10/',
  },
  {
    symbols: ['DFF'],
    told: 'on the next day of business in New York',
    days: 'all',
    says: 'The rate of a day is published in the morning of the next day of business; a day without business has that of the one before.',
    address: 'https://fred.stlouisfed.org/series/DFF',
  },
  {
    symbols: ['EFFR', 'SOFR', 'DGS2', 'DGS10', 'T10Y2Y'],
    told: 'on the next day of business in New York',
    days: 'weekdays',
    says: 'The rate of a day is published in the morning of the next day of business.',
    address: 'https://www.newyorkfed.org/markets/reference-rates/effr',
  },
  {
    symbols: ['ETF_FLOW_BTC', 'ETF_FLOW_ETH'],
    told: 'on the next day of business in New York',
    days: 'sessions',
    says: 'Flows of a session are complete when the last fund has told its own, after the session and by the next morning.',
    address: 'https://farside.co.uk/btc/',
  },
  {
    symbols: ['ZQ'],
    told: 'at the end of the day in Chicago',
    days: 'weekdays',
    says: 'Preliminary settlement prices may change until the final ones are posted at 18:00 in Chicago; final reports were seen that bear 23:55.',
    address: 'https://www.cmegroup.com/market-data/settlements/settlements-details.html',
  },
]

const BY_SYMBOL = new Map(RELEASES.flatMap((release) => release.symbols.map((symbol) => [symbol, release] as const)))

/** No series is slower than this after a day: a long weekend. */
const MOST_DAYS = 7

/**
 * When the value of a series for a stretch could first be known: at the end of the stretch, unless the series is told otherwise.
 * @param symbol - as the series is called here: `SPX`
 * @param at - begin of the stretch
 * @param stepMs - its length; only values of days are told in a way of their own
 * @example formatInstant(toldAt('SPX', parseInstant('2025-04-22'), DAY_MS)) // '2025-04-22T20:00:00Z'
 */
export function toldAt(symbol: string, at: InstantMs, stepMs: number): InstantMs {
  const end = plusMs(at, stepMs)
  if (stepMs !== DAY_MS) return end
  switch (BY_SYMBOL.get(symbol)?.told) {
    case 'at the close in New York':
      return newYorkSession(at)?.close ?? end
    case 'when the day begins':
      return at
    case 'on the next day of business in New York':
      return nextMorning(at) ?? end
    case 'on the Monday after its week':
      return nextMonday(at)
    case 'at the end of the day in Chicago':
      return chicagoMidnight(at)
    case undefined:
      return end
  }
}

/**
 * Whether a series has a value of a day, so that none is a gap.
 * @param symbol - as the series is called here
 * @param at - a day, 00:00Z
 * @example hasDay('SPX', parseInstant('2025-04-18')) // false: Good Friday
 */
export function hasDay(symbol: string, at: InstantMs): boolean {
  const days = BY_SYMBOL.get(symbol)?.days ?? 'all'
  if (days === 'all') return true
  const isWeekend = WEEKEND.has(Math.floor(at / DAY_MS + 4) % WEEK)
  // A year whose calendar is not known has its weekends all the same.
  if (isWeekend || days === 'weekdays' || !isKnownYear(at)) return !isWeekend
  return newYorkSession(at) !== undefined
}

/**
 * Days of which a series should have a value, and has none.
 * @param held - begins of the days that it has
 * @param to - the end of the last day that is looked at
 * @example missingDays('SPX', new Set([thursday]), thursday, thursday + 4 * DAY_MS) // 0 before Easter
 */
export function missingDays(symbol: string, held: ReadonlySet<number>, from: number, to: number): number {
  let missing = 0
  for (let day = from; day < to; day += DAY_MS) if (!held.has(day) && hasDay(symbol, instant(day))) missing++
  return missing
}

const isKnownYear = (at: InstantMs): boolean =>
  civil(at).year >= SESSION_YEARS.first && civil(at).year <= SESSION_YEARS.last

const WEEK = 7
/** Saturday and Sunday, counted from Sunday. */
const WEEKEND: ReadonlySet<number> = new Set([6, 0])

/** The opening of the next session, where its calendar is known. */
function nextMorning(at: InstantMs): InstantMs | undefined {
  for (let days = 1; days <= MOST_DAYS; days++) {
    const session = newYorkSession(plusMs(at, days * DAY_MS))
    if (session !== undefined) return session.open
  }
  // Years whose calendar is not known: a day later than the next one that is no weekend.
  return civil(at).year < 2010 ? plusMs(at, 4 * DAY_MS + 14 * HOUR_MS) : undefined
}

const MONDAY = 1
/** From the opening to 16:15. */
const AFTER_OPEN_MS = 6.75 * HOUR_MS
/** Later than any Monday's after a week, where the calendar is not known. */
const LATEST_DAYS = 9

/** 16:15 of the first session from the next Monday on. */
function nextMonday(at: InstantMs): InstantMs {
  const weekday = (Math.floor(at / DAY_MS) + 4) % MOST_DAYS
  const days = ((MONDAY - weekday + MOST_DAYS - 1) % MOST_DAYS) + 1
  for (let i = 0; i < MOST_DAYS; i++) {
    const session = newYorkSession(plusMs(at, (days + i) * DAY_MS))
    if (session !== undefined) return plusMs(session.open, AFTER_OPEN_MS)
  }
  return plusMs(at, LATEST_DAYS * DAY_MS)
}

/** From the opening in New York to midnight in Chicago, an hour later than New York's. */
const OPEN_TO_MIDNIGHT_MS = 15.5 * HOUR_MS
/** In winter, when Chicago is furthest behind. */
const CHICAGO_BEHIND_MS = 6 * HOUR_MS

/** 24:00 in Chicago; on a day without a session in New York as in winter, which is the later. */
function chicagoMidnight(at: InstantMs): InstantMs {
  const session = newYorkSession(at)
  return session === undefined ? plusMs(at, DAY_MS + CHICAGO_BEHIND_MS) : plusMs(session.open, OPEN_TO_MIDNIGHT_MS)
}
