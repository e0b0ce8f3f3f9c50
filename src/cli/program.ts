import { Command, CommanderError } from 'commander'
import { version } from './version.ts'

// Each command loads its own part when it runs, so that none pays for another.
/** The commands, their options and their words. */
export const program = new Command('assayer')
  .description('Market research desk for crypto: figures that say where they come from, notes that can be checked.')
  .version(version)
  .showHelpAfterError('(assayer --help lists the commands)')
  .addHelpText('after', '\nResearch software: it gives no investment advice, trades nothing and holds no keys.')
  .exitOverride()

/** Kinds of imports that ask whoever publishes them. */
const PUBLISHERS: ReadonlySet<string> = new Set([
  'coingecko',
  'goldtokens',
  'defillama',
  'fred',
  'nyfed',
  'alternativeme',
  'federalregister',
  'cme',
])

const shared = (command: Command): Command =>
  command
    .option('--as-of <T>', 'what was known at T; a date means its 24:00Z (default: now)')
    .option('--store <path>', 'folder of the store (default: $ASSAYER_STORE or ~/.assayer/store)')
    .option('--json', 'print JSON')

const ofSeries = (command: Command): Command =>
  shared(command)
    .option('--interval <interval>', 'length of a bar: 5m, 1h, 4h, 1d', '1d')
    .option('--from <T>', 'first bar, by its open; a date or an instant')
    .option('--to <T>', 'last bar, by its open; a date includes that day')
    .option('--venue <venue>', 'insist on a venue')
    .option('--market <market>', 'insist on spot or perp')
    .option('--csv', 'print CSV')

const ofVenues = (command: Command): Command =>
  command
    .option('--venues <list>', 'binance,bybit,okx,gate,bitget,hyperliquid (default: all)')
    .option('--addresses <file>', 'read simulated venues instead, as `assayer sim` wrote them down')
    .option('--store <path>', 'folder of the store (default: $ASSAYER_STORE or ~/.assayer/store)')

const collecting = (command: Command): Command =>
  ofVenues(command.argument('[assets...]', 'BTC, ETH, … (default: the most traded)'))
    .option('--history <time>', 'how far back hourly candles and funding are fetched where none are held', '400d')
    .option('--recent <time>', 'the same for minute candles and five-minute statistics', '48h')
    .option('--json', 'print JSON at the end')

shared(program.command('import'))
  .description('read files, the public dumps of Binance and Bybit, or what publishers tell, into the store')
  .argument(
    '<kind>',
    'candles, trades, series, metrics, funding, totals, supply, wallets, positions, rates, settlements; binance, bybit: their public dumps; coingecko: market caps; goldtokens: gold by CoinGecko; defillama: wallets; fred, nyfed, alternativeme: rates and indices; federalregister: executive orders; cme: settlements',
  )
  .argument(
    '<files...>',
    'CSV, .gz, .zip or Parquet; of dumps the symbols: BTCUSDT; of coingecko assets: ETH BTC; of goldtokens PAXG XAUT; of defillama venues: binance bybit; of fred series: DFF VIXCLS; of federalregister: executive-orders; of cme products: ZQ',
  )
  .option('--venue <venue>', 'where it traded: binance, bybit, hyperliquid, …')
  .option('--market <market>', 'spot or perp')
  .option('--interval <interval>', 'length of a bar (default: the median spacing; of dumps 1m)')
  .option('--symbol <symbol>', 'instrument of a file that names none, or ASSET/QUOTE where its name does not tell them')
  .option('--column <name>', 'which column of a series file holds the value')
  .option('--known-at <T>', 'when these values became known, for a later revision')
  .option('--skip-bad', 'leave out bad rows, count and list them, keep the rest')
  .option('--replace', 'let differing values, and dumps that have changed, stand in place of the stored ones')
  .option('--from <T>', 'dumps: first day')
  .option('--to <T>', 'dumps: last day (default: the last that is over)')
  .option('--kinds <list>', 'dumps: klines,metrics,funding,aggTrades (default: all that are not large)')
  .option(
    '--days <n>',
    'coingecko: days of history, 365 at most (default: 365); goldtokens: the same, 90 at most (default: 90); nyfed: days of business (default: 750); federalregister: days of publication (default: 400); cme: days of business, 5 at most (default: those of the five that are not held)',
  )
  .option('--assets <list>', 'defillama: ETH,BTC (default: all that can be told apart)')
  .option('--base <url>', 'dumps and publishers: another address with the same files or doors')
  .option('--addresses <file>', 'the same, simulated, as `assayer sim` wrote it down')
  .action(async (kind, files, options) => {
    if (kind === 'binance' || kind === 'bybit') {
      await run(await import('./commands/importDumps.ts'), { dumps: kind, symbols: files, ...options })
    } else if (PUBLISHERS.has(kind)) {
      await run(await import('./commands/importPublished.ts'), { kind, names: files, ...options })
    } else await run(await import('./commands/import.ts'), { kind, files, ...options })
  })

shared(program.command('note'))
  .description('write the research note of an asset')
  .argument('<asset>', 'BTC, ETH, …')
  .option('--format <list>', 'html, md, json, pdf, separated by commas', 'html')
  .option('--out <folder>', 'where to write the files', '.')
  .option('--venue <venue>', 'insist on a venue')
  .option('--market <market>', 'insist on spot or perp')
  .action(async (asset, options) => run(await import('./commands/note.ts'), { asset, ...options }))

ofSeries(program.command('series'))
  .description('print a metric over time')
  .argument('<metric>', 'an id such as rsi, "ema(20)", macd.line')
  .argument('<asset>', 'BTC, ETH, …')
  .action(async (metric, asset, options) => run(await import('./commands/series.ts'), { metric, asset, ...options }))

ofSeries(program.command('events'))
  .description('print the events of a setup')
  .argument('<setup>', 'an id such as macd_golden_cross, "level_rejected(1650)"')
  .argument('<asset>', 'BTC, ETH, …')
  .action(async (setup, asset, options) => run(await import('./commands/events.ts'), { setup, asset, ...options }))

shared(program.command('assets'))
  .description('which instruments are which asset and why, and whether their prices agree')
  .argument('[asset]', 'an asset, a ticker or an instrument (default: list what is held)')
  .action(async (asset, options) => run(await import('./commands/assets.ts'), { asset, ...options }))

shared(program.command('check'))
  .description('check the claims of a published note')
  .argument('<file>', 'claims in YAML (docs/claims.md)')
  .action(async (file, options) => run(await import('./commands/check.ts'), { file, ...options }))

program
  .command('policy')
  .description(
    'what laws, rules, orders, offices and cases stood where, with a source for each; executive orders beside it where they are held',
  )
  .option('--jurisdiction <code>', 'US, EU, UK, HK, CN, JP, KR')
  .option(
    '--subject <subject>',
    'reserves, stablecoins, "tokenised assets", securities, derivatives, mining, tax, tariffs',
  )
  .option('--as-of <T>', 'only what was known then: a date or an instant (default: now)')
  .option('--store <path>', 'folder of the store, for executive orders (default: $ASSAYER_STORE or ~/.assayer/store)')
  .option('--json', 'print JSON')
  .action(async (options) => run(await import('./commands/policy.ts'), options))

program
  .command('conventions')
  .description("what venues' numbers mean, with the evidence; `restate` reads stored ones again by it")
  .argument('[venue]', 'binance, bybit, okx, gate, bitget, hyperliquid, messari; or restate')
  .option('--field <field>', 'one field: open_interest, liquidation, funding, …')
  .option('--store <path>', 'for restate: folder of the store (default: $ASSAYER_STORE or ~/.assayer/store)')
  .option('--json', 'print JSON')
  .action(async (venue, options) => run(await import('./commands/conventions.ts'), { venue, ...options }))

ofVenues(program.command('doctor'))
  .description('whether the desk is well: sources, feeds, store, conventions')
  .option('--json', 'print JSON')
  .action(async (options) => run(await import('./commands/doctor.ts'), options))

collecting(program.command('start'))
  .description('collect live, and show the notes of what was collected on a page on this machine, until stopped')
  .option('--port <port>', 'port on 127.0.0.1 (default: a free one)')
  .action(async (assets, options) => run(await import('./commands/start.ts'), { assets, ...options }))

collecting(program.command('collect'))
  .description('collect live from venues into the store, fill what was missed, until stopped')
  .option('--once', 'fetch what is missing and end')
  .action(async (assets, options) => run(await import('./commands/collect.ts'), { assets, ...options }))

program
  .command('sim')
  .description('simulated venues on this machine, by the documents of the real ones')
  .option('--seed <text>', 'another seed, another market', 'assayer')
  .option('--speed <x>', 'how fast the market runs, 1 to 3600', '1')
  .option('--assets <n>', 'how many assets', '20')
  .option('--rate <n>', 'trades a second of the busiest contract on one venue', '2')
  .option('--from <T>', 'where it begins (default: now)')
  .option('--addresses <file>', 'write down where the venues are, for `assayer collect`')
  .action(async (options) => run(await import('./commands/sim.ts'), options))

program
  .command('demo')
  .description('a simulated market, its note, and a page on this machine; no network, no data needed')
  .option('--port <port>', 'port on 127.0.0.1 (default: a free one)')
  .option('--out <folder>', 'keep the store and the note here (default: a temporary folder, removed at the end)')
  .option('--once', 'write the notes and end, without the page')
  .action(async (options) => run(await import('./commands/demo.ts'), options))

interface CommandModule<T> {
  readonly command: (options: T) => Promise<number>
}

async function run<T>(module: CommandModule<T>, options: T): Promise<void> {
  process.exitCode = await module.command(options)
}

/** A reader that has seen enough (`| head`) closes the pipe: the job goes on to its end, what it prints goes nowhere. */
function allowClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** Runs the command that the arguments name, and sets the exit code. */
export async function runProgram(): Promise<void> {
  process.stdout.on('error', allowClosedPipe)
  process.stderr.on('error', allowClosedPipe)
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      const { onError } = await import('./onError.ts')
      process.exitCode = onError(error, process.argv.includes('--json'))
    }
  }
}
