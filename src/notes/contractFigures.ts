import { openAt } from '../core/candles.ts'
import { formatDay } from '../core/instant.ts'
import type { Figure, FigureOptions } from '../figures/figure.ts'
import { formatCompact, formatDate, formatFixed } from '../figures/format.ts'
import { fundingFigure } from '../figures/fundingFigure.ts'
import { toneByRank } from '../figures/gutter.ts'
import { lastOf } from '../figures/linePane.ts'
import { linesFigure } from '../figures/linesFigure.ts'
import type { TonedLine } from '../figures/linesPane.ts'
import { openInterestFigure, type OpenInterestInput } from '../figures/openInterestFigure.ts'
import { bothWidths, WIDE_DAYS, type FigureWords } from './bothWidths.ts'
import type { ContractReading } from './contractReading.ts'
import { flowTitle, fundingTitle, interestTitle, sharesTitle, venuesTitle } from './contractTitles.ts'
import { contractView, hasValues, isSimulated, sayUntil, sayVenuesOf, type ContractView } from './contractView.ts'
import { isInterestOld, lastInterestBar } from './interestBar.ts'
import { drawMaps } from './mapFigures.ts'
import type { NoteFigure } from './note.ts'
import { SHARES, SHARE_IDS } from './positioningShares.ts'
import type { Reading } from './reading.ts'
import { sumBreak } from './sumBreak.ts'
import { REGIME_BARS, REGIME_LABELS, regimeWindows, sayWhyUnclear } from './regimeWindows.ts'

import { sayList, sayVenue, withCommas, saySize } from './wording.ts'

/** The figures of the section on contracts; what is not held is not drawn. */
export function drawContracts(reading: Reading, contracts: ContractReading): readonly NoteFigure[] {
  const ofInterest = isInterestOld(contracts) ? [] : [drawInterest, drawVenues]
  const drawn = [...ofInterest, drawFlows, drawFunding, drawShares].map((draw) => draw(reading, contracts))
  return [...drawn.filter((figure) => figure !== undefined), ...drawMaps(reading, contracts)]
}

/** Price, what drove it window by window, and open interest in coins with its bounds. */
function drawInterest(reading: Reading, contracts: ContractReading): NoteFigure {
  const { all } = contracts
  const coins = all.column('open_interest.coins')
  const { inputs } = all.frame
  const [priced] = inputs
  const words = {
    title: interestTitle(reading, contracts),
    subtitle: `Daily close of ${sayVenue(priced?.venue ?? '')} ${priced?.market} ${priced?.instrument}; open interest in ${reading.asset} of ${sayVenuesOf(inputs, 'open_interest')}; ${sayUntil(all, coins)}`,
  }
  return ofContracts('open-interest', reading, contracts, words, (view, options) =>
    openInterestFigure(interestInput(reading, contracts, view), options),
  )
}

function interestInput(reading: Reading, contracts: ContractReading, view: ContractView): OpenInterestInput {
  const { asset } = reading
  const { all } = contracts
  const broken = sumBreak(reading, contracts, view.from, lastInterestBar(contracts))
  const [most, least] = [view.column('open_interest.coins'), view.column('open_interest.coins_least')]
  const last = lastOf(most)
  const isBounded = last !== undefined && (least[last.bar] as number) < last.value
  const windows = regimeWindows(all, view.from, lastInterestBar(contracts))
  // A row that says of every window that nothing can be said of it says nothing.
  const isTold = windows.some(({ label }) => label !== REGIME_LABELS.unclear)
  return {
    grid: view.candles,
    price: {
      id: 'close',
      label: 'close',
      heading: `Price, ${all.frame.inputs[0]?.quote ?? 'quote'}`,
      values: view.candles.close,
    },
    interest: { id: 'open_interest', label: asset, heading: `Open interest, ${asset}`, values: most },
    bounds: { id: 'one_sided', lower: least, upper: most },
    ...(isTold
      ? {
          regimes: {
            heading: `What drove both, by ${REGIME_BARS} days`,
            note: 'hollow: price rose',
            order: Object.values(REGIME_LABELS),
            unclear: REGIME_LABELS.unclear,
            windows,
          },
        }
      : {}),
    captions: [
      ...(isBounded
        ? [
            `Light band: how many sides are counted is not known; one-sided, the last value lies between ${saySize(least[last.bar] as number)} and ${saySize(last.value)}`,
          ]
        : []),
      ...(broken === undefined ? [] : [broken.text]),
      ...(isTold && windows.every(({ label }) => label !== REGIME_LABELS.unclear)
        ? []
        : [
            `${isTold ? 'Unclear' : 'What drove both is not drawn'}: ${sayWhyUnclear(all, view.from, lastInterestBar(contracts))}`,
          ]),
    ],
  }
}

/** Open interest of each venue that is held by itself, the largest in colour. */
function drawVenues(reading: Reading, contracts: ContractReading): NoteFigure | undefined {
  const { venues, all } = contracts
  if (venues.length < 2) return undefined
  const latest = venues.map(({ reader }) => reader.column('open_interest.coins'))
  const until = latest.map((column) => column.findLastIndex((value) => !Number.isNaN(value)))
  const words = {
    title: venuesTitle(reading, contracts),
    subtitle: `Open interest in ${reading.asset}, venue by venue; ${sayUntil(all, latest[until.indexOf(Math.max(...until))] ?? new Float64Array(0))}`,
  }
  return ofContracts('open-interest-venues', reading, contracts, words, (view, options) => {
    const ranked = venues
      .map(({ venue, reader }) => ({ venue, reader, values: view.column('open_interest.coins', reader) }))
      .filter(({ values }) => hasValues(values))
      .toSorted((a, b) => (lastOf(b.values)?.value ?? 0) - (lastOf(a.values)?.value ?? 0))
    const lines = ranked.map(({ venue, values }, i) => ({
      id: venue,
      label: sayVenue(venue),
      values,
      tone: toneByRank(i),
    }))
    const unknown = ranked.filter(({ reader, values }) => {
      const least = view.column('open_interest.coins_least', reader)
      return values.some((value, i) => (least[i] as number) < value)
    })
    return linesFigure(
      {
        grid: view.candles,
        key: 'venues',
        lines,
        axis: 'value',
        base: 0,
        size: 'tall',
        write: formatCompact,
        captions: [
          ...(unknown.length === 0
            ? []
            : [
                `${sayList(unknown.map(({ venue }) => sayVenue(venue)))}: as published; how many sides are counted is not known, so that one-sided it may be half`,
              ]),
          ...(lines.some(({ values }) => isBroken(values))
            ? ['Where a line breaks or ends, the venue gave no numbers; that is no fall']
            : []),
        ],
      },
      options,
    )
  })
}

/** True where a column has a gap after its first value. */
function isBroken(values: Float64Array): boolean {
  const first = values.findIndex((value) => !Number.isNaN(value))
  return first >= 0 && values.subarray(first).some((value) => Number.isNaN(value))
}

const MARKETS = { spot: 'Spot', futures: 'Futures' } as const

/** What takers bought less what they sold on spot and on futures, both summed from the first day drawn. */
function drawFlows(reading: Reading, contracts: ContractReading): NoteFigure | undefined {
  const { all } = contracts
  const markets = (['spot', 'futures'] as const).filter((market) =>
    hasValues(all.column(`cvd(${market}).delta`).slice(-WIDE_DAYS)),
  )
  const [first] = markets
  if (first === undefined) return undefined
  const words = {
    title: flowTitle(contracts),
    subtitle: `Cumulative volume delta in dollars: bought less sold by takers, ${sayFlowSources(contracts)}; ${sayUntil(all, all.column(`cvd(${first}).delta`))}`,
  }
  return ofContracts('cvd', reading, contracts, words, (view, options) => {
    const from = openAt(view.candles, 0)
    const lines: readonly TonedLine[] = markets.map((market) => ({
      id: `cvd_${market}`,
      label: market,
      values: view.column(`cvd(${market}, from=${formatDay(from)})`),
      tone: market === 'futures' ? 'accent' : 'ink',
    }))
    return linesFigure(
      {
        grid: view.candles,
        key: 'cvd',
        heading: `Summed up from ${formatDate(from)}, USD`,
        lines,
        axis: 'value',
        base: 0,
        size: 'tall',
        write: formatCompact,
        captions: (['spot', 'futures'] as const)
          .filter((market) => !markets.includes(market))
          .map((market) => `${MARKETS[market]}: taker volume is not held`),
      },
      options,
    )
  })
}

const sayFlowSources = ({ all }: ContractReading): string => {
  const { inputs } = all.frame
  const [spot, futures] = [sayVenuesOf(inputs, 'spot_flow'), sayVenuesOf(inputs, 'perp_flow')]
  return [...(spot === '' ? [] : [`spot of ${spot}`]), ...(futures === '' ? [] : [`futures of ${futures}`])].join(', ')
}

/** What longs pay shorts, day by day. */
function drawFunding(reading: Reading, contracts: ContractReading): NoteFigure | undefined {
  const { all } = contracts
  const annual = all.column('funding.value')
  if (!hasValues(annual.slice(-WIDE_DAYS))) return undefined
  const words = {
    title: fundingTitle(contracts),
    subtitle: `Funding in percent a year, mean of each day on ${sayVenuesOf(all.frame.inputs, 'funding')}, weighed by open interest where that is held; ${sayUntil(all, annual)}`,
  }
  return ofContracts('funding', reading, contracts, words, (view, options) => {
    const values = view.column('funding.value')
    return fundingFigure(
      {
        grid: view.candles,
        key: 'funding',
        heading: 'Longs pay shorts, % a year',
        note: 'filled: shorts pay longs',
        bars: { id: 'funding_pct_a_year', label: 'a year', values },
        write: (value) => `${formatFixed(value, Math.abs(value) < 9.95 && value !== 0 ? 1 : 0)} %`,
      },
      options,
    )
  })
}

/** The share long by each measure that is held; they are never averaged. */
function drawShares(reading: Reading, contracts: ContractReading): NoteFigure | undefined {
  const { all } = contracts
  const held = SHARE_IDS.filter((id) => hasValues(all.column(`${id}.share_long`).slice(-WIDE_DAYS)))
  const [first] = held
  if (first === undefined) return undefined
  const { inputs } = all.frame
  const words = {
    title: sharesTitle(contracts, held),
    subtitle: `Share of the long side in percent, each measure of ${sayVenuesOf(inputs, ...held)} under its own definition; ${sayUntil(all, all.column(`${first}.share_long`))}`,
  }
  return ofContracts('positioning', reading, contracts, words, (view, options) => {
    const lines = held.map((id, i) => ({
      id: `${id}_share_long`,
      label: SHARES[id].label,
      values: view.column(`${id}.share_long`),
      tone: toneByRank(i),
    }))
    return linesFigure(
      {
        grid: view.candles,
        key: 'shares',
        heading: 'Share of the long side',
        note: 'rule: 50 %',
        lines,
        axis: 'value',
        base: 50,
        size: 'tall',
        write: (value) => `${withCommas(value)} %`,
        captions: held.map((id) => {
          const input = inputs.find(({ kind }) => kind === id)
          const source =
            input === undefined
              ? ''
              : ` (${sayVenue(input.venue)} ${input.instrument}${input.interval.endsWith(' mean') ? ', mean of the day' : ''})`
          return `${SHARES[id].label}: ${SHARES[id].definition}${source}`
        }),
      },
      options,
    )
  })
}

const ofContracts = (
  id: string,
  reading: Reading,
  contracts: ContractReading,
  words: FigureWords,
  draw: (view: ContractView, options: FigureOptions) => Figure,
): NoteFigure =>
  bothWidths({ id, simulated: isSimulated(reading, contracts), ...words }, (days, options) =>
    draw(contractView(contracts, days), options),
  )
