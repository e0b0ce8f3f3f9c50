import { describe, expect, it } from 'vitest'
import { instant } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Listed, Listing, VenueSource } from '../../../sources/source.ts'
import type { WireFault } from '../../../sources/wire/wireFault.ts'
import { Relisting } from './relisting.ts'
import { VenueInstruments } from './venueInstruments.ts'
import type { VenueLink } from './venueLink.ts'

const at = instant(Date.UTC(2026, 0, 5))

function listed(ticker: string, market: 'spot' | 'perp' = 'perp', name = `${ticker}USDT`): Listed {
  const contract = market === 'spot' ? 'none' : 'linear'
  return { ticker, instrument: { venue: 'bybit', market, instrument: name, quote: 'USDT', contract } }
}
const fault: WireFault = { channel: 'listing', what: 'not as documented', path: 'list[3]', why: 'no text', raw: '' }

/** A venue that gives one listing after another; the assets BTC, ETH and POL are wanted. */
function made(...listings: readonly (readonly Listed[] | Listing)[]) {
  const left = listings.map((each) => ('listed' in each ? each : { listed: each, faults: [] }))
  const source = { venue: 'bybit', fetchListing: async () => left.shift() } as unknown as VenueSource
  const link = { now: () => at, signal: new AbortController().signal } as unknown as VenueLink
  const wish = { assets: ['BTC', 'ETH', 'POL'], simulated: true }
  return { link, instruments: new VenueInstruments(source, link, wish) }
}
const names = (list: readonly Instrument[]) => list.map(({ market, instrument }) => `${market} ${instrument}`)

describe('VenueInstruments', () => {
  it('finds everything new at first, and collects what is wanted', async () => {
    const { instruments } = made([listed('BTC'), listed('SOL')])
    const { appeared, vanished, renamed, faults } = await instruments.relist()
    expect([names(appeared), vanished, renamed, faults]).toEqual([['perp BTCUSDT'], [], [], []])
    const { instrument } = instruments.context()
    expect(instrument('perp', 'BTCUSDT')).toBe(instruments.find('perp', 'BTCUSDT'))
    expect([instrument('perp', 'SOLUSDT'), instrument('spot', 'BTCUSDT')]).toEqual(['left out', undefined])
  })

  it('tells what appeared, what vanished, and what goes on under another name', async () => {
    const { instruments } = made([listed('BTC'), listed('MATIC')], [listed('ETH'), listed('POL')])
    await instruments.relist()
    const { appeared, vanished, renamed } = await instruments.relist()
    expect(names(appeared)).toEqual(['perp ETHUSDT', 'perp POLUSDT'])
    expect(names(vanished)).toEqual(['perp BTCUSDT', 'perp MATICUSDT'])
    expect(renamed.map(({ from, to }) => [from.instrument, to.instrument])).toEqual([['MATICUSDT', 'POLUSDT']])
  })

  it('takes nothing for gone that is missing in a listing which could not be read whole', async () => {
    const { instruments } = made([listed('BTC'), listed('ETH')], { listed: [listed('BTC')], faults: [fault] })
    await instruments.relist()
    const { vanished, faults } = await instruments.relist()
    expect([vanished, faults]).toEqual([[], [fault]])
    expect(names(instruments.chosen)).toEqual(['perp BTCUSDT', 'perp ETHUSDT'])
  })

  it('takes nothing for gone of a market that lists nothing at all any more, and tells it', async () => {
    const { instruments } = made([listed('BTC'), listed('BTC', 'spot'), listed('ETH', 'spot')], [listed('BTC')])
    await instruments.relist()
    const { vanished, faults } = await instruments.relist()
    expect(vanished).toEqual([])
    expect(faults).toMatchObject([{ channel: 'listing', what: 'impossible', path: 'spot' }])
    expect(instruments.lists({ market: 'spot', instrument: 'ETHUSDT' })).toBe(true)
  })

  it('refuses to begin with nothing', async () => {
    await expect(made([]).instruments.relist()).rejects.toMatchObject({ code: 'NOTHING_LISTED', retry: 'later' })
  })
})

describe('Relisting.begin', () => {
  /** Begins where ETH was collected before and has no end. */
  async function begun(listing: Listing) {
    const { link, instruments } = made(listing)
    const [stored, told]: [Instrument[], string[]] = [[], []]
    const { instruments: before } = made([listed('ETH')])
    await before.relist()
    await new Relisting({
      link,
      instruments,
      pace: { relistMs: 1, relistSoonMs: 1 },
      report: (_of, error) => expect(error).toBeUndefined(),
      onFault: () => undefined,
      onChange: () => undefined,
      tell: (name, of) => void told.push(`${name} ${of}`),
      putInstruments: async (rows) => void stored.push(...rows),
      heldInstruments: before.chosen,
    }).begin()
    return { told, stored: stored.map(({ instrument, endedAt }) => [instrument, endedAt]) }
  }

  it('stores the end of what vanished while nobody looked', async () => {
    const { told, stored } = await begun({ listed: [listed('BTC')], faults: [] })
    expect(told).toEqual(['UNLISTED perp ETHUSDT'])
    expect(stored).toEqual([
      ['BTCUSDT', undefined],
      ['ETHUSDT', at],
    ])
  })

  it('ends nothing by a listing that could not be read whole', async () => {
    const { told, stored } = await begun({ listed: [listed('BTC')], faults: [fault] })
    expect([told, stored]).toEqual([[], [['BTCUSDT', undefined]]])
  })
})
