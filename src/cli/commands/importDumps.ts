import { DeskError } from '../../core/errors.ts'
import { DAY_MS, instant, isDateText, parseInstant, plusMs, type InstantMs } from '../../core/instant.ts'
import { parseInterval } from '../../core/interval.ts'
import { simulatedNow } from '../../desk/jobs/collect/addressBook.ts'
import {
  DUMPED_KINDS,
  DUMPED_VENUES,
  importDumps,
  type ImportDumpsAnswer,
  type ImportDumpsRequest,
} from '../../desk/jobs/dumps/importDumps.ts'
import { storePath } from '../../desk/storePath.ts'
import { EXIT } from '../onError.ts'
import { choice, EmptyRangeError, refuseOptions, type SharedOptions } from '../options.ts'
import { dumpScreen, renderDumps } from '../print/dumps.ts'
import { addressesOption } from '../sourceOptions.ts'
import { withDesk } from '../withDesk.ts'
import { InterruptedError } from './import.ts'

const MARKETS = ['spot', 'perp'] as const

interface Options extends SharedOptions {
  readonly dumps: string
  readonly symbols: readonly string[]
  readonly market?: string
  readonly interval?: string
  readonly kinds?: string
  readonly from?: string
  readonly to?: string
  readonly base?: string
  readonly addresses?: string
  readonly skipBad?: boolean
  readonly replace?: boolean
}

/** `assayer import binance|bybit SYMBOL…` */
export async function command(options: Options): Promise<number> {
  refuseOptions(
    options,
    ['venue', 'symbol', 'column', 'knownAt'],
    'for files of your own: assayer import candles FILE…',
  )
  refuseOptions(options, ['days', 'assets'], 'of a publisher: assayer import coingecko ASSET…')
  const { base, now } = await siteOf(options)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new InterruptedError())
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const screen = dumpScreen(options.json === true)
  const request = requestOf(options, { base, now, signal: stop.signal, screen })
  const answer = await withDesk(storePath(options.store), 'write', (desk) =>
    importDumps({ ...desk, now }, request).finally(screen.clear),
  ).finally(() => process.off('SIGINT', onSignal).off('SIGTERM', onSignal))
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : renderDumps(answer))
  return exitOf(answer)
}

interface Site {
  readonly base: string | undefined
  readonly now: InstantMs
}

/** The venue's own site, a mirror, or a simulated one with a clock of its own. */
async function siteOf({ dumps, base, addresses }: Options): Promise<Site> {
  const now = Date.now()
  const book = await addressesOption(addresses)
  if (book === undefined) return { base: base === undefined ? undefined : provenBase(base), now: instant(now) }
  const { venues, clock } = book
  const simulated = venues[choice(dumps, DUMPED_VENUES, 'site of dumps')]?.['dumps']
  if (simulated === undefined) throw new NoDumpsError(addresses ?? '', dumps)
  return { base: simulated, now: simulatedNow(clock, now) }
}

function provenBase(base: string): string {
  if (!URL.canParse(base)) throw new BadBaseError(base)
  return base
}

interface Running extends Site {
  readonly signal: AbortSignal
  readonly screen: ReturnType<typeof dumpScreen>
}

function requestOf(options: Options, { base, now, signal, screen }: Running): ImportDumpsRequest {
  const kinds = options.kinds?.split(',').map((kind) => choice(kind.trim(), DUMPED_KINDS, 'kind of dumps'))
  return {
    wish: {
      venue: choice(options.dumps, DUMPED_VENUES, 'site of dumps'),
      market: choice(options.market ?? 'spot', MARKETS, 'market'),
      instruments: options.symbols,
      ...rangeOf(options, now),
      ...(kinds === undefined ? {} : { kinds }),
      ...(options.interval === undefined ? {} : { interval: parseInterval(options.interval) }),
    },
    ...(base === undefined ? {} : { base }),
    onChange: options.replace === true ? 'replace' : 'flag',
    badRows: options.skipBad === true ? 'skip' : 'refuse',
    retry: { onRetry: screen.retry },
    signal,
    onProgress: screen.progress,
    onReport: screen.report,
  }
}

function rangeOf({ from, to }: Options, now: InstantMs): { readonly from: InstantMs; readonly to: InstantMs } {
  if (from === undefined) throw new NoBeginError()
  const first = parseInstant(from)
  const today = instant(Math.floor(now / DAY_MS) * DAY_MS)
  const end = to === undefined ? today : isDateText(to) ? plusMs(parseInstant(to), DAY_MS) : parseInstant(to)
  if (first >= end) throw new EmptyRangeError(from, to ?? 'yesterday')
  return { from: first, to: end }
}

/** A file that was refused is a failure; one that is not there, or not as it was, leaves the rest what it is. */
function exitOf({ reports }: ImportDumpsAnswer): number {
  if (reports.some(({ is }) => is === 'failed')) return EXIT.failed
  return reports.every(({ is }) => is === 'imported' || is === 'held') ? EXIT.done : EXIT.partly
}

export class NoBeginError extends DeskError {
  constructor() {
    super('BAD_RANGE', 'from which day on is not said', {
      hint: 'say it with --from 2025-04-01, and the last with --to',
    })
  }
}

export class BadBaseError extends DeskError {
  constructor(base: string) {
    super('BAD_DUMP_WISH', `"${base}" is no address`, { hint: 'for example --base https://mirror.example/binance' })
  }
}

/** The simulation that an address book is of has no such site. */
export class NoDumpsError extends DeskError {
  constructor(file: string, venue: string) {
    super('BAD_ADDRESSES', `"${file}" names no site of dumps of ${venue}`, {
      hint: 'assayer sim --addresses FILE writes one that does',
    })
  }
}
