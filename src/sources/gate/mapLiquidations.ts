import { closedPosition, coinsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant, SECOND_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { liquidation } from '../../records/liquidation.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/**
 * Liquidations of a REST answer. REST names the position and the order, the socket the order only; so the order is what is
 * kept, and one event is one record whichever way it came.
 */
export function mapLiquidationOrders(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('liq_orders')
  const orders = new Orders(mapping)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(
      wire.liquidationOrder,
      element,
      [i],
      ({ time, size, order_size: order = -size, order_price: price }) => {
        // Both signs are given so that they can be held against each other: a wrong one would turn long into short.
        if (Math.sign(order) === Math.sign(size)) {
          return mapping.impossible(`[${i}].order_size`, 'the order has the side of the position', element)
        }
        orders.keep(is, { time, order, price, raw: element })
      },
    )
  }
  return mapping.done()
}

/**
 * Liquidations of a socket message.
 * @param result - the message's `result`
 */
export function mapLiquidationEvent(result: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('futures.public_liquidates')
  const orders = new Orders(mapping)
  for (const [i, element] of listOf(mapping, result).entries()) {
    mapping.read(wire.liquidationEvent, element, ['result', i], ({ contract: name, size: order, price, ...times }) => {
      const is = mapping.instrument(context, 'perp', { name, path: `result[${i}].contract`, raw: element })
      const time = times.time_ms ?? times.time ?? NaN
      if (is !== undefined) orders.keep(is, { time, order, price, raw: element })
    })
  }
  return mapping.done()
}

interface Order {
  readonly time: number
  /** Contracts; negative where it sold. */
  readonly order: number
  readonly price: number
  readonly raw: unknown
}

/** Keeps orders, the second of two that are equal in all they say as a second. */
class Orders {
  readonly #mapping: Mapping
  readonly #seen = new Map<string, number>()

  constructor(mapping: Mapping) {
    this.#mapping = mapping
  }

  keep(is: Instrument, { time, order, price: unitPrice, raw }: Order): void {
    if (order === 0) return this.#mapping.impossible('size', 'less than one contract, cut to 0', raw)
    // REST tells whole seconds only.
    const at = Math.floor(time / SECOND_MS) * SECOND_MS
    const entry = convention({
      venue: 'gate',
      field: 'liquidation',
      contract: is.contract,
      at: instant(at),
      rule: 'liquidation',
    })
    const published = Math.abs(order)
    const coins = coinsOf(published, entry.rule.countedIn, { instrument: is, price: unitPrice })
    const price = unitPrice / is.multiplier
    const publishedSide = order < 0 ? 'sell' : 'buy'
    const row = {
      at,
      knownAt: at,
      liquidationId: this.#number(is, `${at}/${order}/${unitPrice}`),
      position: closedPosition(entry.rule, publishedSide),
      publishedSide,
      price,
      published,
      coins,
      quoteValue: coins * price,
      convention: entry.id,
    }
    this.#mapping.keep(liquidation, { ...seriesOf(is), ...row }, raw)
  }

  #number({ instrument }: Instrument, id: string): string {
    const key = `${instrument} ${id}`
    const before = this.#seen.get(key) ?? 0
    this.#seen.set(key, before + 1)
    return `${id}/${before}`
  }
}
