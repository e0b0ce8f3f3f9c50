import type { Grid } from '../core/candles.ts'
import type { InstantMs } from '../core/instant.ts'
import type { MapWindow } from '../metrics/contracts/liquidationMapMetric.ts'
import type { MapHeat } from '../metrics/contracts/mapHeat.ts'
import type { MapMoment } from '../metrics/contracts/mapMoment.ts'
import type { ContractReading } from './contractReading.ts'
import { mapSkillOf } from './mapSkillSentence.ts'
import { sayList, sayVenue } from './wording.ts'

/** Estimated maps of one window, at a moment and over time. */
export interface EstimatedMaps {
  readonly window: MapWindow
  readonly at: InstantMs
  readonly moment: MapMoment
  readonly heat: MapHeat
  /** Of the heat map. */
  readonly grid: Grid
  readonly venues: readonly string[]
  /** Venues of which it is not known whether they count one side of open interest or both. */
  readonly mayBeHalf: readonly string[]
}

const DAYS = { '1d': 'one day', '7d': 'seven days', '30d': 'thirty days' } as const

/** What a note shows of estimated maps: the map now and the one over time, each with what was assumed and what such maps are worth. */
export function estimatedMapReading(maps: EstimatedMaps): Pick<ContractReading, 'maps' | 'heat'> {
  const { window, at, moment, heat, grid, venues, mayBeHalf } = maps
  const source = `Estimated from ${DAYS[window]} of open interest on ${sayList(venues.map(sayVenue))}`
  const remarks = [
    mapSkillOf(window),
    'Leverages are assumed, and every position is taken for isolated.',
    ...sayHalf(mayBeHalf),
  ]
  const { mark, price, longUsd, shortUsd } = moment
  return {
    maps: [{ id: `liquidation-map-${window}`, source, basis: 'estimate', at, mark, price, longUsd, shortUsd, remarks }],
    ...(heat.price.length === 0 ? {} : { heat: { source, grid, bins: heat.price, usd: heat.usd, remarks } }),
  }
}

const sayHalf = (venues: readonly string[]): readonly string[] =>
  venues.length === 0
    ? []
    : [
        `Whether ${sayList(venues.map(sayVenue))} ${venues.length === 1 ? 'counts' : 'count'} one side of open interest or both is not known: the amounts may be half.`,
      ]
