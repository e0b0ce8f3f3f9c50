import { openAt } from '../../core/candles.ts'
import type { ColumnGroup } from '../../core/frame.ts'
import { MOST_BEHIND } from '../../frames/contracts/openInterestColumns.ts'
import { REGIMES, REGIME_THRESHOLDS, type Regime } from '../../metrics/contracts/priceOiRegime.ts'
import { isVendor } from '../../records/venues.ts'
import { claim, isMeasured, type Claim, type Figure } from '../claim.ts'
import type { ContractReading } from '../contractReading.ts'
import type { FrameReader } from '../frameReader.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { interestInputs, isInterestHeld, isInterestOld, lastInterestBar } from '../interestBar.ts'
import { readFrom } from '../readFrom.ts'
import { sumBreak } from '../sumBreak.ts'
import { estimatedMap } from './estimatedMap.ts'
import { publishedMap } from './publishedMap.ts'
import { extremeBar } from '../series.ts'
import { plural, sayDay, sayList, sayPercent, saySigned, saySize, sayVenue, withCommas } from '../wording.ts'

/**
 * Open interest and who holds it: its size, its place among other assets, what drove it, what it costs, how it is positioned; undefined
 * where nothing of it can be said.
 */
export function contractsSection(reading: Reading, contracts: ContractReading): Section | undefined {
  const interest = isInterestOld(contracts)
    ? []
    : [
        whose(reading, contracts),
        range(reading, contracts),
        marketCap(reading, contracts),
        largest(reading, contracts),
        sinceTurn(reading, contracts),
      ]
  const paragraphs = [
    interest,
    [flows(contracts), funding(contracts)],
    ratios(reading, contracts),
    [liquidations(contracts), ...leverage(reading, contracts), estimatedMap(contracts), publishedMap(contracts)],
  ].map((parts) => parts.filter((part) => part !== undefined).filter(isMeasured))
  const claims = paragraphs.flat()
  const costs = claims.find(({ id }) => id === 'contracts-funding')
  const finding = isInterestHeld(contracts) ? change(reading, contracts) : (costs ?? claims[0])
  if (finding === undefined) return undefined
  const rest = paragraphs.map((parts) => parts.filter((part) => part !== finding))
  return {
    id: 'contracts',
    title: 'Contracts',
    finding,
    claims: rest.flat(),
    paragraphs: rest.flatMap(([first]) => first?.id ?? []),
    figures: [],
    missing: sayMissing(reading, contracts),
  }
}

/** One line of what is not held; how each would come, `assayer series` says. */
function sayMissing({ asset }: Reading, contracts: ContractReading): readonly string[] {
  const lacking = contracts.missing.map((text) => text.replace(/ \(.*\)/, '').replace(/: .*$/, ''))
  // Rows of the hours since the last close are held, and say nothing of a day yet.
  const atClose =
    isInterestHeld(contracts) || lacking.includes(`open interest of ${asset}`)
      ? []
      : [`open interest of ${asset} at the close of a day`]
  const things = [...new Set([...atClose, ...lacking])]
  return things.length === 0
    ? []
    : [
        `Not held, of ${asset} or of what it is compared with: ${things.join('; ')}. assayer collect brings what venues serve, live and of the past, as far as they serve it.`,
      ]
}

/** The move of a day in dollars and in coins, and which of the two this note goes by. */
function change(reading: Reading, contracts: ContractReading): Claim {
  const { all } = contracts
  const bar = lastInterestBar(contracts)
  const day = sayDay(openAt(all.candles, bar), reading.asOf)
  const coins = all.figure('open interest', 'open_interest.coins', bar)
  const usd = all.figure('open interest in dollars', 'open_interest.usd', bar)
  const [inCoins, inUsd] = [
    changeFigure(all, 'change in coins', 'open_interest.coins', bar),
    changeFigure(all, 'change in dollars', 'open_interest.usd', bar),
  ]
  const size = `${saySize(coins.value)} ${reading.asset}`
  const source = readFrom(all.frame, 'open_interest')
  if (isInterestOld(contracts)) {
    const behind = plural(all.last - bar, 'day')
    const text = `Open interest was last held on ${day}, ${behind} before the last candle: ${size}. Nothing newer is held, so nothing is read out of it.`
    return claim('contracts-finding', text, [coins], source)
  }
  if (Number.isNaN(inCoins.value + inUsd.value)) {
    return claim('contracts-finding', `Open interest stood at ${size} on ${day}.`, [coins], source)
  }
  const apart =
    Math.sign(inCoins.value) !== Math.sign(inUsd.value) &&
    Math.min(...[inCoins, inUsd].map(({ value }) => Math.abs(value))) > 0.5
  const text = apart
    ? `Open interest ${moved(inUsd.value)} in dollars on ${day} and ${moved(inCoins.value)} in coins, to ${size}: the price made the difference, so this note counts coins.`
    : `Open interest ${moved(inCoins.value)} in coins on ${day}, to ${size} (${saySize(usd.value)} dollars, ${saySigned(inUsd.value)}); this note counts coins.`
  return claim('contracts-finding', text, [inCoins, inUsd, coins, usd], source)
}

const moved = (pct: number): string =>
  Math.abs(pct) < 0.05 ? 'did not move' : `${pct > 0 ? 'rose' : 'fell'} ${sayPercent(pct)}`

const changeFigure = (reader: FrameReader, name: string, id: string, bar: number): Figure =>
  reader.figure(name, `change(${id}, 1d)`, bar)

/** Whose number it is, what is in it, and how far it can be from the one-sided one. */
function whose(reading: Reading, contracts: ContractReading): Claim | undefined {
  const { all } = contracts
  const bar = lastInterestBar(contracts)
  const interest = interestInputs(all)
  const coverage = all.figure('coverage', 'open_interest.coverage', bar)
  const [most, least] = [
    all.figure('open interest', 'open_interest.coins', bar),
    all.figure('half of unknown sides', 'open_interest.coins_least', bar),
  ]
  const vendor = interest.find(({ venue }) => isVendor(venue))
  const broken = sumBreak(reading, contracts, bar - RANGE_DAYS, bar)
  const sides =
    least.value < most.value
      ? ` Whether it counts one side of each contract or both is not known: one-sided it lies between ${saySize(least.value)} and ${saySize(most.value)}.`
      : ' It counts one side of each contract.'
  const inSum = interest.filter(({ to }) => to > openAt(all.candles, bar - MOST_BEHIND))
  const venues = [...new Set(inSum.map(({ venue }) => sayVenue(venue)))]
  const text =
    vendor === undefined
      ? `Open interest is the sum of ${sayList(venues)}, ${coverage.value >= 100 ? 'every instrument known of' : `${sayPercent(coverage.value)} of the instruments known of`}.${sides}`
      : `Open interest is ${sayVenue(vendor.venue)}'s sum over venues, which are not named, so its coverage is unknown.${sides}${broken === undefined ? '' : ` ${broken.text}, so nothing is compared across that day.`}`
  const figures = vendor === undefined ? [least, coverage] : [least, ...(broken?.figures ?? [])]
  return claim('contracts-whose', text, [most, ...figures], readFrom(all.frame, 'open_interest'))
}

const RANGE_DAYS = 90

/** Where open interest stands among its own last days; nothing where an instrument came or went in them, which is no move. */
function range(reading: Reading, contracts: ContractReading): Claim | undefined {
  const { all } = contracts
  const bar = lastInterestBar(contracts)
  const column = all.column('open_interest.coins')
  const from = bar - RANGE_DAYS
  if (from < 0 || Number.isNaN(column[from] ?? NaN) || !isOfTheSame(all, from, bar)) return undefined
  if (sumBreak(reading, contracts, from + 1, bar) !== undefined) return undefined
  const [high, low] = [extremeBar(column, from, bar, 'highest'), extremeBar(column, from, bar, 'lowest')]
  const now = all.figure('open interest', 'open_interest.coins', bar)
  const [top, bottom] = [all.figure('high', 'open_interest.coins', high), all.figure('low', 'open_interest.coins', low)]
  const share = (100 * (now.value - bottom.value)) / (top.value - bottom.value)
  const text =
    high === bar || low === bar
      ? `That is its ${high === bar ? 'most' : 'least'} in ${RANGE_DAYS} days.`
      : `Of its range of ${RANGE_DAYS} days, ${saySize(bottom.value)} on ${sayDay(openAt(all.candles, low), reading.asOf)} to ${saySize(top.value)} on ${sayDay(openAt(all.candles, high), reading.asOf)}, it stands at ${sayPercent(share)}.`
  return claim('contracts-range', text, [now, top, bottom], readFrom(all.frame, 'open_interest'))
}

/** Whether open interest is that of the same instruments throughout: then it moves as it does like for like. */
function isOfTheSame(all: FrameReader, from: number, bar: number): boolean {
  const [coins, stayed] = [all.column('open_interest.coins'), all.column('open_interest.like_for_like')]
  const ratio = (coins[bar] as number) / (stayed[bar] as number)
  const held = coins.subarray(from, bar + 1)
  return held.every(
    (value, i) => Number.isNaN(value) || Math.abs(value / (stayed[from + i] as number) / ratio - 1) < 1e-9,
  )
}

/** Open interest over market cap, beside that of other assets; where sides are unknown the half of it too. */
function marketCap(reading: Reading, contracts: ContractReading): Claim | undefined {
  const { all, peers } = contracts
  const day = openAt(all.candles, lastInterestBar(contracts))
  const shareOf = (asset: string, reader: FrameReader): Share => {
    const figure = (name: string, output: string): Figure =>
      reader.figure(`${name} of ${asset}`, `oi_to_market_cap.${output}`, reader.barOf(day))
    return {
      asset,
      reader,
      most: figure('share of market cap', 'value'),
      least: figure('half of unknown sides', 'least'),
    }
  }
  const own = shareOf(reading.asset, all)
  if (Number.isNaN(own.most.value)) return undefined
  const others = peers
    .map(({ asset, reader }) => shareOf(asset, reader))
    .filter(({ most, least }) => !Number.isNaN(most.value + least.value))
  const say = ({ most, least }: Share): string =>
    least.value < most.value ? `${sayPercent(least.value)} to ${sayPercent(most.value)}` : sayPercent(most.value)
  const beside =
    others.length === 0 ? '' : `, against ${sayList(others.map((other) => `${say(other)} for ${other.asset}`))}`
  const sources = [own, ...others].map(({ reader }) => readFrom(reader.frame, 'open_interest', 'market_cap'))
  return claim(
    'contracts-market-cap',
    `Open interest equals ${say(own)} of the market cap of ${reading.asset}${beside}.`,
    [own.most, own.least, ...others.flatMap(({ most, least }) => [most, least])],
    {
      inputs: [...new Set(sources.flatMap(({ inputs }) => inputs))],
      conventions: [...new Set(sources.flatMap(({ conventions }) => conventions))],
    },
  )
}

interface Share {
  readonly asset: string
  readonly reader: FrameReader
  readonly most: Figure
  readonly least: Figure
}

/** Venues by size, and what the largest is. */
function largest(reading: Reading, contracts: ContractReading): Claim | undefined {
  const bar = openAt(contracts.all.candles, lastInterestBar(contracts))
  const sized = contracts.venues
    .map(({ venue, reader }) => ({
      venue,
      reader,
      figure: reader.figure(`open interest on ${sayVenue(venue)}`, 'open_interest.coins', reader.barOf(bar)),
    }))
    .filter(({ figure }) => !Number.isNaN(figure.value))
    .toSorted((a, b) => b.figure.value - a.figure.value)
  const [first] = sized
  if (first === undefined) return undefined
  const inputs = interestInputs(first.reader)
  const isMean = inputs.some(({ interval }) => interval.endsWith(' mean'))
  const name = inputs.length === 1 ? `${sayVenue(first.venue)}'s ${inputs[0]?.instrument}` : sayVenue(first.venue)
  const size = `${saySize(first.figure.value)} ${reading.asset}${isMean ? ' (a mean over the day)' : ''}`
  const others = sized.slice(1).map(({ venue, figure }) => `${sayVenue(venue)} ${saySize(figure.value)}`)
  const text =
    others.length === 0
      ? `${name} is the only venue held by itself: ${size}.`
      : `${name} is the largest held, ${size}; then ${sayList(others)}.`
  return claim(
    'contracts-largest',
    text,
    [first.figure, ...sized.slice(1).map(({ figure }) => figure)],
    readFrom(first.reader.frame, 'open_interest'),
  )
}

const WINDOW_BARS = 7

/** The share of spot and futures in what happened, window by window since the last turn of the price. */
function sinceTurn(reading: Reading, contracts: ContractReading): Claim | undefined {
  const { all } = contracts
  const bar = lastInterestBar(contracts)
  const turn = lastTurn(all, bar)
  const days = bar - turn
  if (days < 2) return undefined
  const id = `price_oi_regime(${days})`
  const [price, oi] = [
    all.figure('price', `${id}.price_change`, bar),
    all.figure('open interest', `${id}.oi_change`, bar),
  ]
  const atr = all.figure('price in ATR', `${id}.price_change_atr`, bar)
  if (Number.isNaN(price.value + oi.value)) return undefined
  const regime = REGIMES[all.column(`${id}.value`)[bar] ?? 0] ?? 'unclear'
  const extreme = (all.candles.close[turn] as number) > (all.candles.close[bar] as number) ? 'highest' : 'lowest'
  const text = `Since the ${extreme} close of ${RANGE_DAYS} days, ${plural(days, 'day')} before, on ${sayDay(openAt(all.candles, turn), reading.asOf)}, price is ${saySigned(price.value)} (${withCommas(Math.abs(atr.value), 1)} average daily ranges) and open interest ${saySigned(oi.value)} in coins: ${regime === 'unclear' ? sayUnclear(contracts, atr.value, oi.value) : REGIME_WORDS[regime]}.`
  return claim(
    'contracts-regime',
    text,
    [price, oi, atr],
    readFrom(all.frame, 'open_interest', 'spot_flow', 'perp_flow', 'liquidations'),
  )
}

const REGIME_WORDS: Readonly<Record<Exclude<Regime, 'unclear'>, string>> = {
  leverage_led: 'futures made most of the taker flow, so leverage led',
  spot_led: 'spot made most of the taker flow, so spot led',
  both: 'spot and futures shared the taker flow',
  short_squeeze: 'liquidated shorts made up a good part of the fall, a short squeeze',
  short_covering: 'positions were closed as price rose, short covering',
  long_liquidation: 'liquidated longs made up a good part of the fall',
  long_closing: 'positions were closed as price fell, longs closing',
}

/** Why no regime can be named. */
function sayUnclear({ all }: ContractReading, atr: number, oiPct: number): string {
  const { openInterestPct } = REGIME_THRESHOLDS
  if (!(Math.abs(atr) > REGIME_THRESHOLDS.atr) || !(Math.abs(oiPct) > openInterestPct)) {
    return `no clear regime (price must move by more than one average range, open interest by more than ${openInterestPct} %)`
  }
  if (oiPct < 0) return 'without liquidations it cannot be told whether positions were closed by force'
  const lacks = ['spot_flow.bought', 'perp_flow.bought'].some((name) => all.frame.columns.get(name) === undefined)
  return lacks
    ? 'without taker volume of both markets it cannot be told what led'
    : 'no clear regime, since takers went against the price or their volume is not known on all of these days'
}

/** The highest or lowest close of the last ninety days, whichever is nearer. */
function lastTurn({ candles }: FrameReader, bar: number): number {
  const from = Math.max(0, bar - RANGE_DAYS)
  return Math.max(
    extremeBar(candles.close, from, bar - 1, 'highest'),
    extremeBar(candles.close, from, bar - 1, 'lowest'),
  )
}

/** A week of taker flow on spot and futures. */
function flows({ all }: ContractReading): Claim | undefined {
  const sum = (market: 'spot' | 'futures'): Figure => {
    const column = all.column(`cvd(${market}).delta`)
    const days = column.subarray(all.last - WINDOW_BARS + 1, all.last + 1)
    return {
      name: `${market} delta of ${WINDOW_BARS} days`,
      value: days.reduce((total, value) => total + value, 0),
      unit: 'usd',
      method: `sum of cvd(${market}).delta over ${WINDOW_BARS} days`,
      at: all.closeAt(all.last),
    }
  }
  const [spot, futures] = [sum('spot'), sum('futures')]
  const known = [spot, futures].filter(({ value }) => !Number.isNaN(value))
  if (known.length === 0) return undefined
  const say = ({ value }: Figure): string => `${value > 0 ? 'bought' : 'sold'} ${saySize(Math.abs(value))} dollars net`
  const text =
    known.length === 2
      ? `Over ${WINDOW_BARS} days takers ${say(spot)} on spot (${seriesIn(all, 'spot_flow')}) and ${say(futures)} on futures (${seriesIn(all, 'perp_flow')}).`
      : `Over ${WINDOW_BARS} days takers ${say(known[0] as Figure)} on ${known[0] === spot ? `spot (${seriesIn(all, 'spot_flow')})` : `futures (${seriesIn(all, 'perp_flow')})`}; the other market's taker volume is not held.`
  const [first, ...others] = known
  return claim('contracts-flows', text, [first as Figure, ...others], readFrom(all.frame, 'spot_flow', 'perp_flow'))
}

/** The series that a group was read from: `Binance ETHUSDT`, or venues where they are many. */
function seriesIn({ frame }: FrameReader, group: ColumnGroup): string {
  const inputs = frame.inputs.filter(({ kind }) => kind === group)
  const names =
    inputs.length > 2
      ? inputs.map(({ venue }) => sayVenue(venue))
      : inputs.map(({ venue, instrument }) => `${sayVenue(venue)} ${instrument}`)
  return sayList([...new Set(names)])
}

/** What longs pay, and how unusual that is. */
function funding({ all }: ContractReading): Claim | undefined {
  const bar = all.column('funding.value').findLastIndex((value) => !Number.isNaN(value))
  if (bar < all.last - 2) return undefined
  const annual = all.figure('funding a year', 'funding.value', bar)
  const place = all.figure('percentile of 180 days', 'funding.percentile', bar)
  const pays = annual.value >= 0 ? 'Longs pay shorts' : 'Shorts pay longs'
  const among = Number.isNaN(place.value)
    ? ''
    : `, more than on ${sayPercent(place.value)} of the days held of the last 180`
  const venues = [
    ...new Set(
      all.frame.inputs
        .filter(({ kind, to }) => kind === 'funding' && to > openAt(all.candles, bar))
        .map(({ venue }) => sayVenue(venue)),
    ),
  ]
  const text = `${pays} ${sayPercent(annual.value)} a year on ${sayList(venues)}${annual.value >= 0 ? among : ''}.`
  return claim(
    'contracts-funding',
    text,
    Number.isNaN(place.value) ? [annual] : [annual, place],
    readFrom(all.frame, 'funding'),
  )
}

const RATIOS = {
  long_short_accounts: 'of all accounts',
  top_accounts: 'of the accounts of those whom the venue ranks as top traders',
  top_positions: 'of what those hold',
  taker_ratio: 'of taker volume',
} as const

/** The positioning ratios side by side, each under its own definition, and apart from them what takers bought, which nobody holds. */
function ratios(reading: Reading, { all }: ContractReading): readonly (Claim | undefined)[] {
  const held = (Object.keys(RATIOS) as (keyof typeof RATIOS)[]).flatMap((id) => {
    const bar = all.column(`${id}.value`).findLastIndex((value) => !Number.isNaN(value))
    if (bar < all.last - 2) return []
    return [
      {
        id,
        bar,
        ratio: all.figure(id, `${id}.value`, bar),
        share: all.figure(`${id}, share long`, `${id}.share_long`, bar),
      },
    ]
  })
  const [first, ...others] = held
  if (first === undefined) return []
  const input = all.frame.inputs.find(({ kind }) => kind === first.id)
  const say = ({ id, ratio, share }: (typeof held)[number]): string =>
    `${sayPercent(share.value)} ${RATIOS[id]} (${ratio.value.toFixed(2)})`
  const holders = held.filter(({ id }) => id !== 'taker_ratio').map(say)
  const taken = held.filter(({ id }) => id === 'taker_ratio').map(say)
  const parts = [
    ...(holders.length === 0 ? [] : [`the long side is ${sayList(holders)}`]),
    ...taken.map((share) => `takers' buys are ${share}`),
  ]
  const day = sayDay(openAt(all.candles, first.bar), reading.asOf)
  const text = `On ${sayVenue(input?.venue ?? '')}, on ${day}, ${parts.join('; ')}. Each is a measure of its own.`
  return [
    claim(
      'contracts-ratios',
      text,
      [first.share, first.ratio, ...others.flatMap(({ share, ratio }) => [share, ratio])],
      readFrom(all.frame, ...held.map(({ id }) => id)),
    ),
  ]
}

/** What was liquidated in the last day, by side. */
function liquidations({ all }: ContractReading): Claim | undefined {
  const [long, short] = [
    all.figure('longs liquidated', 'liquidations.long'),
    all.figure('shorts liquidated', 'liquidations.short'),
  ]
  if (Number.isNaN(long.value + short.value)) return undefined
  const text = `In the last day at least ${saySize(long.value)} dollars of longs and ${saySize(short.value)} of shorts were liquidated on the venues collected; feeds that send a part make it a lower bound.`
  return claim('contracts-liquidations', text, [long, short], readFrom(all.frame, 'liquidations'))
}

/** Open interest over the coins in a venue's wallets, comparable and as published. */
function leverage(reading: Reading, { venues }: ContractReading): readonly Claim[] {
  return venues.flatMap(({ venue, reader }) => {
    const bar = reader.column('estimated_leverage.value').findLastIndex((value) => !Number.isNaN(value))
    if (bar < reader.last - 2) return []
    const [own, published] = [
      reader.figure('estimated leverage', 'estimated_leverage.value', bar),
      reader.figure('as published', 'estimated_leverage.published', bar),
    ]
    const twice =
      published.value > own.value
        ? ` (${published.value.toFixed(2)} as the venue publishes it, both sides counted)`
        : ''
    const text = `On ${sayVenue(venue)} open interest is ${own.value.toFixed(2)} times the ${reading.asset} in its known wallets${twice}; wallet lists are lower bounds and jump when a wallet is added.`
    return [
      claim(`contracts-leverage-${venue}`, text, [own, published], readFrom(reader.frame, 'open_interest', 'wallets')),
    ]
  })
}
