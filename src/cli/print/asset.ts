import type { AssetAnswer, ExplainedInstrument } from '../../desk/explainAsset.ts'
import type { PrintedPair } from '../../desk/printPair.ts'
import { renderTable } from './table.ts'

type Entry = AssetAnswer['entries'][number]

/** What a name could mean, as text: entries of the graph, held instruments, their price parity, and where it can be read. */
export function renderAsset({ name, asOf, entries, instruments, pairs }: AssetAnswer): string {
  if (entries.length + instruments.length === 0) return ''
  const statements = entries.map((entry) => [entry, statementsOf(entry)] as const)
  const sources = [...new Set(statements.flatMap(([, all]) => all.map(([, evidence]) => evidence)))]
  const mark = (evidence: string | null): string => (evidence === null ? '' : ` [${sources.indexOf(evidence) + 1}]`)
  return [
    `${name}\n`,
    ...statements.map(
      ([{ id, name: own }, all]) => `${id}: ${own}\n${all.map(([says, by]) => `  ${says}${mark(by)}\n`).join('')}`,
    ),
    ...(instruments.length === 0 ? [] : [renderInstruments(instruments, mark)]),
    ...(pairs.length === 0 ? [] : [`${PARITY}\n`, ...pairs.map(renderPair)]),
    `${sources.map((source, i) => `[${i + 1}] ${source}\n`).join('')}as of: ${asOf}\n`,
  ].join('\n')
}

const PARITY =
  'price parity: closes of common bars, per coin; two instruments can be one asset only below a median deviation of 2 %'

/** What an entry says, each statement with its evidence. */
function statementsOf({
  contracts,
  tickers,
  formerly,
  became,
  delisted,
}: Entry): readonly (readonly [string, string])[] {
  const count = (coins: number): string => coins.toLocaleString('en', { maximumFractionDigits: 9 })
  return [
    ...contracts.map(({ chain, address, evidence }) => [`${chain} ${address}`, evidence] as const),
    ...tickers.map((said) => [sayTicker(said), said.evidence] as const),
    ...formerly.map(
      ({ ticker, at, coins, evidence }) =>
        [`was ${ticker} until ${at}${coins === 1 ? '' : `; 1 of then is ${count(coins)} of now`}`, evidence] as const,
    ),
    ...(became === undefined
      ? []
      : [[`1 can be changed for ${count(became.coins)} ${became.asset} since ${became.at}`, became.evidence] as const]),
    ...delisted.map(
      ({ venue, market, instrument, at, evidence }) =>
        [`delisted: ${venue} ${market} ${instrument}, ${at}`, evidence] as const,
    ),
  ]
}

function sayTicker({ ticker, venue, market, multiplier, from, to }: Entry['tickers'][number]): string {
  const where = [venue, market].filter((part) => part !== undefined).join(' ')
  return [
    multiplier === undefined ? ticker : `${multiplier} ${ticker}`,
    where === '' ? 'everywhere' : `on ${where}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`before ${to}`]),
  ].join(' ')
}

const INSTRUMENT_COLUMNS = [
  { heading: 'held', align: 'left' as const },
  { heading: 'coins in one', align: 'right' as const },
  { heading: 'is', align: 'left' as const },
  { heading: 'because', align: 'left' as const },
]

function renderInstruments(
  instruments: readonly ExplainedInstrument[],
  mark: (evidence: string | null) => string,
): string {
  const rows = instruments.map((each) => [
    `${each.simulated ? 'SIMULATED ' : ''}${each.venue} ${each.market} ${each.instrument}`,
    String(each.multiplier),
    [
      each.asset,
      ...(each.since === null ? [] : [`since ${each.since}`]),
      ...(each.until === null ? [] : [`until ${each.until}`]),
    ].join(' '),
    `${because(each)}${mark(each.evidence)}`,
  ])
  return renderTable(INSTRUMENT_COLUMNS, rows)
}

function because({ by, ticker, venue }: ExplainedInstrument): string {
  switch (by) {
    case 'ticker':
      return `that is what ${ticker} means on ${venue}`
    case 'renamed':
      return `${ticker} was renamed`
    case 'id':
      return `${ticker} is its id, and nothing else is known of ${venue}`
    case 'name':
      return 'of its name alone: the graph says nothing of it'
    case 'said':
      return 'whoever imported it said so'
  }
}

function renderPair(pair: PrintedPair): string {
  const { verdict, says, a, b, medianPct, p5Pct, p95Pct, ratio, commonBars, interval, from, to } = pair
  const head = `${verdict}: ${sideName(a)} and ${sideName(b)}\n  ${says}\n`
  if (medianPct === null || p5Pct === null || p95Pct === null || ratio === null) return head
  const [dear, cheap, times] = ratio >= 1 ? [a, b, ratio] : [b, a, 1 / ratio]
  const costs = `costs ${Number(times.toPrecision(4))}`
  const price =
    a.asset === b.asset
      ? `; a coin of ${dear.instrument} ${costs} of ${cheap.instrument}`
      : `; one ${dear.asset} ${costs} ${cheap.asset}`
  return [
    `${head}  median deviation ${medianPct.toFixed(2)} %, ${p5Pct.toFixed(2)} to ${p95Pct.toFixed(2)} % ` +
      `from the 5th to the 95th percentile${verdict === 'refused' ? price : ''}`,
    `  ${commonBars.toLocaleString('en')} common bars of ${interval}, ${from} to ${to}\n`,
  ].join('\n')
}

/** As it is compared: `hyperliquid perp kNEIRO / 1000`. */
const sideName = ({ venue, market, instrument, multiplier }: PrintedPair['a']): string =>
  `${venue} ${market} ${instrument}${multiplier === 1 ? '' : ` / ${multiplier}`}`
