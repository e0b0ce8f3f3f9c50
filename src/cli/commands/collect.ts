import { readFile } from 'node:fs/promises'
import { DeskError } from '../../core/errors.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, parseInterval } from '../../core/interval.ts'
import { openDesk } from '../../desk/openDesk.ts'
import { parseAddressBook } from '../../desk/jobs/collect/addressBook.ts'
import { catchUp, collect, COLLECTED_VENUES, type CollectRequest } from '../../desk/jobs/collect/collect.ts'
import type { CountedFault } from '../../desk/jobs/collect/faultBook.ts'
import { storePath } from '../../desk/storePath.ts'
import { EXIT } from '../onError.ts'
import type { SharedOptions } from '../options.ts'
import { statusScreen } from '../print/collectStatus.ts'

interface Options extends SharedOptions {
  readonly assets: readonly string[]
  readonly venues?: string
  readonly addresses?: string
  readonly history: string
  readonly recent: string
  readonly once?: boolean
}

/** Collected where no assets are named: the most traded ones. */
const USUAL = ['BTC', 'ETH', 'SOL', 'XRP', 'BNB', 'DOGE', 'ADA', 'SUI', 'LINK', 'AVAX', 'HYPE', 'PEPE']

/** `assayer collect [ASSET…]` */
export async function command(options: Options): Promise<number> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort(new DeskError('STOPPED', 'stopped'))
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const screen = statusScreen(options.json === true ? 'json' : 'text')
  const request = await requestOf(options, stop.signal, screen)
  const log = (line: string): void => void process.stderr.write(`${line}\n`)
  const { desk, close } = await openDesk({
    path: storePath(options.store),
    now: instant(Date.now()),
    access: 'hold',
    log,
  })
  try {
    const job = options.once === true ? catchUp : collect
    const collecting = await job(desk, request)
    const timer = setInterval(() => screen.show(collecting), 1_000)
    await collecting.ended.finally(() => clearInterval(timer))
    screen.end(collecting)
    return collecting.unfinished().length === 0 ? EXIT.done : EXIT.partly
  } finally {
    await close()
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

type Screen = ReturnType<typeof statusScreen>

async function requestOf(options: Options, signal: AbortSignal, screen: Screen): Promise<CollectRequest> {
  const venues = options.venues === undefined ? COLLECTED_VENUES : options.venues.split(',').map(venueOf)
  const book =
    options.addresses === undefined
      ? undefined
      : parseAddressBook(await readFile(options.addresses, 'utf8'), options.addresses)
  const assets = options.assets.length === 0 ? USUAL : options.assets.map((asset) => asset.toUpperCase())
  return {
    venues,
    assets,
    depths: { hours: durationMs(options.history), minutes: durationMs(options.recent) },
    signal,
    onEvent: screen.event,
    onFault: (fault: CountedFault) => screen.event(sayFault(fault)),
    ...(book === undefined ? {} : { book }),
  }
}

const durationMs = (text: string): number => intervalMs(parseInterval(text))

function venueOf(text: string): (typeof COLLECTED_VENUES)[number] {
  const found = COLLECTED_VENUES.find((venue) => venue === text.trim().toLowerCase())
  if (found === undefined) throw new UnknownVenueError(text)
  return found
}

const sayFault = ({ venue, channel, what, path, why, raw }: CountedFault): string =>
  `${venue} ${channel}: ${what} at "${path}" (${why}): ${raw}`

export class UnknownVenueError extends DeskError {
  constructor(text: string) {
    super('UNKNOWN_CHOICE', `"${text}" is not a venue`, { hint: `one of ${COLLECTED_VENUES.join(', ')}` })
  }
}
