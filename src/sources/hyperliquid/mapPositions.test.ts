import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { fetchPositions } from './fetchPositions.ts'
import { mapPositions, tradersOf } from './mapPositions.ts'

const perp = (instrument: string, multiplier = 1): Instrument =>
  made('hyperliquid', { instrument, quote: 'USDC', multiplier })
const [btc, eth, kpepe] = [perp('BTC'), perp('ETH'), perp('kPEPE', 1000)]
const context = contextOf('hyperliquid', [btc, eth, kpepe])
const address = '0x35d1151ef1aab579cbb3109e69fa82f94ff5acb1'
const none = { address, held: [] }

interface State {
  assetPositions: { type: string; position: Record<string, unknown> }[]
}
const documented = () => structuredClone(fixture('hyperliquid', 'perp-position-rest').payload) as State
const withPosition = (fields: Readonly<Record<string, unknown>>): State => {
  const state = documented()
  Object.assign(state.assetPositions[0]!.position, fields)
  return state
}

const at = 1708622398623
const key = { venue: 'hyperliquid', market: 'perp', account: address, at, knownAt: at }
const convention = 'hyperliquid/position/signed-units'

describe('mapPositions', () => {
  it('reads the documented position at the time of the answer', () => {
    expect(mapPositions(documented(), none, context)).toMatchObject({ faults: [] })
    expect(mapPositions(documented(), none, context).rows.map(({ row }) => row)).toEqual([
      {
        ...key,
        instrument: 'ETH',
        coins: 0.0335,
        entryPrice: 2986.3,
        leverage: 20,
        margin: 'isolated',
        liquidationPrice: 2866.26936529,
        marginUsed: 4.967826,
        unrealised: -0.0134,
        convention,
      },
    ])
  })

  it('reads a cross short of thousands of tokens: coins signed, prices per coin, no price that liquidates', () => {
    const cross = { coin: 'kPEPE', szi: '-2500.0', entryPx: '0.004', leverage: { type: 'cross', value: 10 } }
    const state = withPosition({ ...cross, liquidationPx: null })
    const [first] = mapPositions(state, none, context).rows
    expect(first?.row).toMatchObject({ coins: -2_500_000, entryPrice: 0.000004, leverage: 10, margin: 'cross' })
    expect(first?.row).not.toHaveProperty('liquidationPrice')
  })

  it('reads the cross positions recorded in 2023 once they have the fields of today', () => {
    const { position: today } = documented().assetPositions[0]!
    const old = fixture('hyperliquid', 'perp-position-rest-cross').payload as State
    const assetPositions = old.assetPositions.slice(0, 2).map(({ type, position }) => {
      const { maxTradeSzs: _, ...kept } = position
      return { type, position: { cumFunding: today['cumFunding'], maxLeverage: 50, ...kept } }
    })
    const mapped = mapPositions({ ...documented(), assetPositions }, none, context)
    expect(mapped.faults).toEqual([])
    expect(mapped.rows.map(({ row }) => row)).toMatchObject([
      { instrument: 'BTC', coins: -0.00785, entryPrice: 26951, liquidationPrice: 173198.69592357, margin: 'cross' },
      { instrument: 'ETH', coins: 0.1334, entryPrice: 1705.82, unrealised: 0.118726 },
    ])
  })

  it('tells 0 coins where a position was and is no more', () => {
    const { rows } = mapPositions(documented(), { address, held: [btc, eth] }, context)
    expect(rows.map(({ row }) => row)).toMatchObject([
      { instrument: 'ETH', coins: 0.0335 },
      { ...key, instrument: 'BTC', coins: 0, convention },
    ])
  })

  it('tells nothing to be closed where a part of the answer cannot be read', () => {
    const mapped = mapPositions(withPosition({ szi: 'many' }), { address, held: [btc, eth] }, context)
    expect(mapped.rows).toEqual([])
    expect(mapped.faults).toMatchObject([{ path: 'assetPositions[0].position.szi' }])
  })

  it('keeps an account in lower case, as trades and positions may differ in it', () => {
    const { rows } = mapPositions(documented(), { address: address.toUpperCase(), held: [] }, context)
    expect(rows[0]?.row['account']).toBe(address)
  })

  it('throws nothing and keeps nothing unsound, however the answer is damaged', () => {
    fuzz(documented(), (json) => mapPositions(json, { address, held: [btc] }, context))
  })
})

describe('fetchPositions', () => {
  it('asks for one address at the price of two', async () => {
    const asked: VenueRequest[] = []
    const io: VenueIo = {
      ask: async (request) => {
        asked.push(request)
        return documented()
      },
      now: () => instant(0),
      signal: new AbortController().signal,
    }
    expect((await fetchPositions(io, context, none)).rows).toHaveLength(1)
    expect(asked).toEqual([
      {
        address: 'rest',
        path: '/info',
        body: { type: 'clearinghouseState', user: address },
        budget: 'info',
        weight: 2,
      },
    ])
  })
})

describe('tradersOf', () => {
  it('names both accounts of a trade with its value', () => {
    const { payload } = fixture('hyperliquid', 'perp-trade-socket')
    const traded = { at: 1790232216193, quoteValue: 84143 * 0.00036 }
    expect(tradersOf(payload)).toEqual([
      { address: '0x9aa589355bf745db9784c8ef3c646360f11b58af', ...traded },
      { address: '0x8269c0a4f5f1a14582e0aa46856a234893c41970', ...traded },
    ])
  })

  it('passes over what is no trade or no address', () => {
    const { payload } = fixture('hyperliquid', 'perp-trade-socket')
    const message = structuredClone(payload) as { data: Record<string, unknown>[] }
    message.data.push({ ...message.data[0], users: ['0x1', `0x${'AB'.repeat(20)}`] }, { ...message.data[0], px: null })
    expect(tradersOf(message).map((each) => each.address)).toEqual([
      '0x9aa589355bf745db9784c8ef3c646360f11b58af',
      '0x8269c0a4f5f1a14582e0aa46856a234893c41970',
      `0x${'ab'.repeat(20)}`,
    ])
    expect(tradersOf({ channel: 'pong' })).toEqual([])
  })
})
