import { DeskError } from '../../core/errors.ts'
import { parseAsOf } from '../../core/instant.ts'
import { IMPORT_KINDS, importFile, type ImportAnswer, type ImportKind } from '../../desk/jobs/importFile.ts'
import { EXIT } from '../onError.ts'
import { choice, refuseOptions, type SharedOptions } from '../options.ts'
import { sayBadRows, sayCounts } from '../print/imported.ts'
import { fileProgress } from '../progress.ts'
import { withDesk } from '../withDesk.ts'
import { storePath } from '../../desk/storePath.ts'

const MARKETS = ['spot', 'perp'] as const

interface Options extends SharedOptions {
  readonly kind: string
  readonly files: readonly string[]
  readonly venue?: string
  readonly market?: string
  readonly interval?: string
  readonly symbol?: string
  readonly column?: string
  readonly knownAt?: string
  readonly skipBad?: boolean
  readonly replace?: boolean
}

/** `assayer import KIND FILE…` */
export async function command(options: Options): Promise<number> {
  refuseOptions(options, ['from', 'to', 'kinds', 'base', 'addresses'], 'of a dump site: assayer import binance SYMBOL…')
  refuseOptions(options, ['days', 'assets'], 'of a publisher: assayer import coingecko ASSET…')
  const request = requestOf(options)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new InterruptedError())
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const answers = await withDesk(storePath(options.store), 'write', async (desk) => {
    const done: ImportAnswer[] = []
    for (const path of options.files) {
      const progress = fileProgress(path)
      const started = performance.now()
      try {
        const answer = await importFile(desk, { ...request, path, signal: stop.signal, onProgress: progress.update })
        progress.clear()
        if (options.json !== true) process.stdout.write(render(answer, (performance.now() - started) / 1000))
        done.push(answer)
      } finally {
        progress.clear()
      }
    }
    return done
  }).finally(() => process.off('SIGINT', onSignal).off('SIGTERM', onSignal))
  if (options.json === true) process.stdout.write(`${JSON.stringify({ imports: answers })}\n`)
  return EXIT.done
}

function requestOf(options: Options): Omit<Parameters<typeof importFile>[1], 'path'> {
  const { venue, interval, symbol, column, knownAt } = options
  const kind = choice<ImportKind>(options.kind, IMPORT_KINDS, 'kind of records')
  if (kind === 'candles' && options.market === 'index') throw new IndexCandlesError()
  return {
    kind,
    badRows: options.skipBad === true ? 'skip' : 'refuse',
    onDifference: options.replace === true ? 'replace' : 'refuse',
    ...(venue === undefined ? {} : { venue }),
    ...(options.market === undefined ? {} : { market: choice(options.market, MARKETS, 'market') }),
    ...(interval === undefined ? {} : { interval }),
    ...(symbol === undefined ? {} : { instrument: symbol }),
    ...(column === undefined ? {} : { column }),
    ...(knownAt === undefined ? {} : { knownAt: parseAsOf(knownAt) }),
  }
}

function render(answer: ImportAnswer, seconds: number): string {
  const what = [answer.venue, answer.market, answer.interval].filter((part) => part !== null).join(' ')
  const names = `${answer.instruments.toLocaleString('en')} ${answer.instruments === 1 ? 'instrument' : 'instruments'}`
  return `${answer.file}: ${answer.rows.toLocaleString('en')} ${answer.records.length > 1 ? 'records' : 'rows'} of ${what}, ${names}: ${sayCounts(answer)} (${seconds.toFixed(1)} s); the store holds ${answer.held.toLocaleString('en')}\n${sayBadRows(answer)}`
}

export class InterruptedError extends DeskError {
  constructor() {
    super('INTERRUPTED', 'stopped before the file was read to its end; nothing of it was stored', {
      hint: 'run the same command again',
    })
  }
}

/** Thrown for bars of an index: its closed days would be gaps, and a gap restarts whatever needs a run of bars. */
export class IndexCandlesError extends DeskError {
  constructor() {
    super(
      'INDEX_CANDLES',
      'candles of an index cannot be measured: its weekends are gaps, and after each all starts anew',
      {
        hint: 'import the closes as a series: assayer import series FILE --symbol SPX',
      },
    )
  }
}
