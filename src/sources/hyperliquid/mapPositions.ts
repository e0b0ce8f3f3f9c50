import { coinsOf } from '../../conventions/comparable.ts'
import { instant } from '../../core/instant.ts'
import type { z } from 'zod'
import type { Instrument } from '../../records/instrument.ts'
import { position } from '../../records/position.ts'
import type { AskedAccount, MapContext, Mapped, Trader } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { conventionOf, seriesOf, type Row } from './map.ts'
import * as wire from './wire.ts'

/**
 * The positions of one account, at the time that the answer tells.
 *
 * A position that was closed is in no answer. So an instrument of `held` that the answer does not name is told with 0 coins
 * (and `cross`, which then means nothing); else the last size would stand for ever. Where a part of the answer cannot be read
 * nothing is told to be closed.
 * @returns `position` records: coins signed, prices per coin, margin and profit in USDC
 * @example mapPositions(json, { address, held: [] }, context).rows[0]?.row['coins'] // 0.0335
 */
export function mapPositions(json: unknown, account: AskedAccount, context: MapContext): Mapped {
  const mapping = new Mapping('clearinghouseState')
  mapping.read(wire.clearinghouseState, json, [], ({ assetPositions, time }) => {
    const open: string[] = []
    for (const [i, element] of assetPositions.entries()) {
      mapping.read(wire.assetPosition, element, ['assetPositions', i], (each) => {
        const { coin } = each.position
        open.push(coin)
        const named = { name: coin, path: `assetPositions[${i}].position.coin`, raw: element }
        const is = mapping.instrument(context, 'perp', named)
        if (is === undefined) return
        mapping.keep(position, { ...keyOf(is, account, time), ...sizeOf(is, each.position) }, element)
      })
    }
    if (open.length < assetPositions.length) return
    for (const is of account.held) {
      if (open.includes(is.instrument)) continue
      mapping.keep(position, { ...keyOf(is, account, time), coins: 0, margin: 'cross' }, json)
    }
  })
  return mapping.done()
}

function keyOf(is: Instrument, { address }: AskedAccount, at: number): Row {
  const { id } = conventionOf('position', is, at, 'note')
  return { ...seriesOf(is), account: address.toLowerCase(), at, knownAt: at, convention: id }
}

function sizeOf(is: Instrument, each: z.infer<typeof wire.assetPosition>['position']): Row {
  const { liquidationPx, leverage } = each
  return {
    coins: coinsOf(each.szi, 'units', { instrument: is }),
    entryPrice: each.entryPx / is.multiplier,
    leverage: leverage.value,
    margin: leverage.type,
    ...(liquidationPx === null ? {} : { liquidationPrice: liquidationPx / is.multiplier }),
    marginUsed: each.marginUsed,
    unrealised: each.unrealizedPnl,
  }
}

const ADDRESS = /^0x[0-9a-f]{40}$/

/**
 * The accounts on both sides of the trades of a socket message: whose positions there are to ask for. Addresses in lower
 * case; what is no trade or no address is passed over, `mapTradesMessage` tells of it.
 */
export function tradersOf(json: unknown): readonly Trader[] {
  const message = wire.tradesMessage.safeParse(json)
  if (!message.success) return []
  return message.data.data.flatMap((element) => {
    const { success, data } = wire.trade.safeParse(element)
    if (!success) return []
    const { users, time, px, sz } = data
    return users
      .map((user) => user.toLowerCase())
      .filter((user) => ADDRESS.test(user))
      .map((address) => ({ address, at: instant(time), quoteValue: px * sz }))
  })
}
