import { describe, expect, it } from 'vitest'
import { fixture } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { RefusedAnswerError } from './askData.ts'
import { bitget } from './bitget.ts'

/** A venue that answers every question with a documented payload. */
function venue(answers: Readonly<Record<string, unknown>>, asked: VenueRequest[] = []): VenueIo {
  const ask = async (request: VenueRequest): Promise<unknown> => {
    asked.push(request)
    return answers[`${request.path} ${request.query?.['productType'] ?? ''}`.trim()]
  }
  return { ask, now: () => instant(1_750_000_000_000), signal: new AbortController().signal }
}

const payloadOf = (name: string): unknown => fixture('bitget', name).payload
const NOTHING = { code: '00000', msg: 'success', requestTime: 1789456355854, data: [] }

describe('bitget', () => {
  it('reads the clock', async () => {
    const io = venue({ '/api/v2/public/time': payloadOf('all-time-rest') })
    expect(await bitget.fetchTime(io)).toBe(1688008631614)
  })

  it('lists pairs and both families of contracts, of which one can be empty', async () => {
    const asked: VenueRequest[] = []
    const io = venue(
      {
        '/api/v2/spot/public/symbols': payloadOf('spot-instrument-rest'),
        '/api/v2/mix/market/contracts USDT-FUTURES': payloadOf('perp-instrument-rest'),
        '/api/v2/mix/market/contracts COIN-FUTURES': NOTHING,
      },
      asked,
    )
    const { listed, faults } = await bitget.fetchListing(io)
    expect(listed.map(({ instrument }) => `${instrument.market} ${instrument.instrument}`)).toEqual([
      'spot BTCUSDT',
      'perp BTCUSDT',
    ])
    expect(faults).toEqual([])
    expect(asked).toHaveLength(3)
  })

  it.each(['error-badSymbol', 'error-badProductType', 'error-symbolRemoved', 'error-rateLimited', 'error-v1Gone'])(
    'takes %s for no answer, whatever its status',
    async (name) => {
      const io = venue({ '/api/v2/spot/public/symbols': payloadOf(name) })
      await expect(bitget.fetchListing(io)).rejects.toThrow(RefusedAnswerError)
      await expect(bitget.fetchListing(io)).rejects.toMatchObject({ retry: 'later' })
    },
  )

  it('charges every question to a budget that it has, at an address that it has', async () => {
    const budgets = Object.keys(bitget.budgets)
    const asked: VenueRequest[] = []
    const io = { ...venue({}), ask: async (request: VenueRequest) => (asked.push(request), NOTHING) }
    await bitget.fetchListing(io)
    for (const poll of bitget.polls) {
      const context = { venue: 'bitget', instrument: () => undefined, now: instant(1) } as const
      const is = { venue: 'bitget', market: poll.market, instrument: 'X', asset: 'X', quote: 'USDT' } as const
      const instrument = { ...is, multiplier: 1, simulated: false, contract: 'linear' } as const
      for await (const mapped of poll.fetch(io, context, [instrument])) expect(mapped.rows).toEqual([])
    }
    expect(asked).toHaveLength(7)
    for (const { budget, address } of asked) {
      expect(budgets).toContain(budget)
      expect(Object.keys(bitget.addresses)).toContain(address)
    }
  })
})
