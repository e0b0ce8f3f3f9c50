import { DeskError } from '../../core/errors.ts'
import { instant, type InstantMs } from '../../core/instant.ts'
import { simulatedNow } from '../../desk/jobs/collect/addressBook.ts'
import type { Desk } from '../../desk/desk.ts'
import { importCaps, type ImportCapsRequest } from '../../desk/jobs/published/importCaps.ts'
import { importLevels } from '../../desk/jobs/published/importLevels.ts'
import { importOrders } from '../../desk/jobs/published/importOrders.ts'
import { importSettlements } from '../../desk/jobs/published/importSettlements.ts'
import { importWallets, WALLETS_OF } from '../../desk/jobs/published/importWallets.ts'
import type { ImportPublishedAnswer, PublisherName } from '../../desk/jobs/published/publishedReport.ts'
import { storePath } from '../../desk/storePath.ts'
import { EXIT } from '../onError.ts'
import { choice, refuseOptions, type SharedOptions } from '../options.ts'
import { publishedScreen, renderPublished } from '../print/published.ts'
import { addressesOption } from '../sourceOptions.ts'
import { withDesk } from '../withDesk.ts'
import { BadBaseError } from './importDumps.ts'

/** What is asked for: a publisher's own, or one of several things that one publisher tells. */
type Kind = PublisherName | 'goldtokens'

interface Options extends SharedOptions {
  readonly kind: Kind
  /** Assets of coingecko, tokens of goldtokens, venues of defillama, `executive-orders` of federalregister, products of cme, series of the others. */
  readonly names: readonly string[]
  readonly days?: string
  readonly assets?: string
  readonly base?: string
  readonly addresses?: string
}

/** Options of files and of dumps. */
const OTHERS = [
  'venue',
  'market',
  'interval',
  'symbol',
  'column',
  'knownAt',
  'skipBad',
  'replace',
  'from',
  'to',
  'kinds',
]

/** `assayer import coingecko ASSET…`, `assayer import defillama VENUE…`, `assayer import federalregister executive-orders`, `assayer import cme ZQ`, `assayer import fred SERIES…` and those like it */
export async function command(options: Options): Promise<number> {
  const { kind } = options
  refuseOptions(options, OTHERS, 'of files or of dumps')
  if (kind !== 'defillama') refuseOptions(options, ['assets'], 'of wallets: assayer import defillama VENUE…')
  else refuseOptions(options, ['days'], 'of market caps: assayer import coingecko ASSET…')
  const { now, base } = await placeOf(options)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new StoppedError())
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const screen = publishedScreen(publisherOf(kind), options.json === true)
  const shared = {
    ...(base === undefined ? {} : { base }),
    retry: { onRetry: screen.retry },
    signal: stop.signal,
    onStep: screen.step,
    onReport: screen.report,
  }
  const answer = await withDesk(storePath(options.store), 'write', ({ store }) => {
    return bring({ store, now }, options, shared).finally(screen.clear)
  }).finally(() => process.off('SIGINT', onSignal).off('SIGTERM', onSignal))
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : renderPublished(answer))
  return exitOf(answer)
}

const publisherOf = (kind: Kind): PublisherName => (kind === 'goldtokens' ? 'coingecko' : kind)

type Shared = Omit<ImportCapsRequest, 'assets' | 'days'>

function bring(desk: Desk, options: Options, shared: Shared): Promise<ImportPublishedAnswer> {
  const { kind, names } = options
  switch (kind) {
    case 'coingecko':
      return importCaps(desk, { ...shared, assets: names, ...daysOption(options) })
    case 'goldtokens':
      return importLevels(desk, { ...shared, publisher: 'coingecko', names, ...daysOption(options) })
    case 'defillama':
      return importWallets(desk, { ...shared, ...walletsWish(options) })
    case 'federalregister':
      return importOrders(desk, { ...shared, names, ...daysOption(options) })
    case 'nyfed':
    case 'alternativeme':
    case 'fred':
      return importLevels(desk, { ...shared, publisher: kind, names, ...daysOption(options) })
    case 'cme':
      return importSettlements(desk, { ...shared, names, ...daysOption(options) })
  }
}

/** The publisher's own address, another one, or that of a simulated one with a clock of its own. */
async function placeOf({ kind, base, addresses }: Options): Promise<{ now: InstantMs; base: string | undefined }> {
  const now = Date.now()
  const book = await addressesOption(addresses)
  if (base !== undefined && !URL.canParse(base)) throw new BadBaseError(base)
  if (book === undefined) return { now: instant(now), base }
  const publisher = publisherOf(kind)
  const simulated = book.publishers?.[publisher]
  if (simulated === undefined) throw new NoPublisherError(addresses ?? '', publisher)
  return { now: simulatedNow(book.clock, now), base: simulated }
}

const daysOption = ({ days }: Options) => (days === undefined ? {} : { days: Number(days) })

function walletsWish({ names, assets }: Options) {
  const venues = names.map((name) => choice(name.toLowerCase(), WALLETS_OF, 'venue whose wallets are published'))
  return { venues, ...(assets === undefined ? {} : { assets: assets.split(',').map((asset) => asset.trim()) }) }
}

/** An answer that cannot be used is a failure; a name that is not in one leaves the rest what it is. */
function exitOf({ reports }: ImportPublishedAnswer): number {
  if (reports.some(({ is }) => is === 'failed')) return EXIT.failed
  return reports.every(({ is }) => is === 'imported') ? EXIT.done : EXIT.partly
}

export class StoppedError extends DeskError {
  constructor() {
    super('INTERRUPTED', 'stopped before all was asked for', {
      hint: 'what is stored stays; the same command fetches the rest',
    })
  }
}

/** The simulation that an address book is of has no such publisher. */
export class NoPublisherError extends DeskError {
  constructor(file: string, publisher: string) {
    super('BAD_ADDRESSES', `"${file}" names no ${publisher}`, {
      hint: 'assayer sim --addresses FILE writes one that does',
    })
  }
}
