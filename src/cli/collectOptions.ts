import { intervalMs, parseInterval } from '../core/interval.ts'
import type { CollectRequest } from '../desk/jobs/collect/collect.ts'
import type { CountedFault } from '../desk/jobs/collect/faultBook.ts'
import type { SharedOptions } from './options.ts'
import type { StatusScreen } from './print/collectStatus.ts'
import { addressesOption, venuesOption } from './sourceOptions.ts'

/** Options of every command that collects, as commander hands them over. */
export interface CollectOptions extends SharedOptions {
  readonly assets: readonly string[]
  readonly venues?: string
  readonly addresses?: string
  readonly history: string
  readonly recent: string
}

/** Collected where no assets are named: the most traded ones. */
const USUAL = ['BTC', 'ETH', 'SOL', 'XRP', 'BNB', 'DOGE', 'ADA', 'SUI', 'LINK', 'AVAX', 'HYPE', 'PEPE']

/** What is to be collected, until the signal, by the options of the command; what happens is told on the screen. */
export async function collectRequest(
  options: CollectOptions,
  { signal, screen }: { readonly signal: AbortSignal; readonly screen: StatusScreen },
): Promise<CollectRequest> {
  const book = await addressesOption(options.addresses)
  return {
    venues: venuesOption(options.venues),
    assets: options.assets.length === 0 ? USUAL : options.assets.map((asset) => asset.toUpperCase()),
    depths: { hours: durationMs(options.history), minutes: durationMs(options.recent) },
    signal,
    onEvent: screen.event,
    onFault: (fault: CountedFault) => screen.event(sayFault(fault)),
    ...(book === undefined ? {} : { book }),
  }
}

const durationMs = (text: string): number => intervalMs(parseInterval(text))

const sayFault = ({ venue, channel, what, path, why, raw }: CountedFault): string =>
  `${venue} ${channel}: ${what} at "${path}" (${why}): ${raw}`
