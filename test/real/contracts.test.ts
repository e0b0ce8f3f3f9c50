import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { parseAsOf, parseInstant } from '../../src/core/instant.ts'
import { answerCheck, type PrintedVerdict } from '../../src/desk/check.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { importFile, type ImportKind } from '../../src/desk/jobs/importFile.ts'
import { answerNote } from '../../src/desk/note.ts'
import { answerSeries } from '../../src/desk/series.ts'
import type { Note, Section } from '../../src/notes/note.ts'
import { openStore } from '../../src/store/open.ts'
import { scratchFolder } from '../support/cli.ts'
import { dataFile, describeWithData, seedFile } from './data.ts'

const FILES: readonly (readonly [ImportKind, string, { readonly venue?: string; readonly market?: 'perp' }?])[] = [
  ['candles', 'market/binance_spot_1d_taker_2018_2026.csv.gz', { venue: 'binance' }],
  ['candles', 'market/binance_um_perp_1h_BTC_ETH_2023_2025-12.csv.gz', { venue: 'binance', market: 'perp' }],
  ['metrics', 'derivatives/BTCUSDT_metrics_1d_2024-12-01_2025-05-10.csv'],
  ['metrics', 'derivatives/ETHUSDT_metrics_1d_2024-12-01_2025-05-10.csv'],
  ['totals', 'derivatives/messari_daily_BTC_ETH_HYPE_oi_funding_buysell_mcap.csv.gz'],
  ['funding', 'derivatives/binance_um_funding_8h_BTC_ETH_2023_2025-12.csv.gz', { venue: 'binance' }],
]

describeWithData('the contracts of real files', () => {
  const folder = scratchFolder()
  let desk: Desk
  let verdicts: readonly PrintedVerdict[]

  beforeAll(async () => {
    const store = await openStore(folder)
    desk = { store, now: parseInstant('2026-02-01') }
    for (const [kind, file, said = {}] of FILES) {
      await importFile(desk, { kind, path: dataFile(file)!, badRows: 'refuse', onDifference: 'refuse', ...said })
    }
    const text = readFileSync(seedFile('claims.yaml')!, 'utf8')
    verdicts = (await answerCheck(desk, { text, name: 'claims.yaml', asOf: desk.now })).claims
    return () => store.close()
  }, 120_000)

  const verdict = (id: string): PrintedVerdict => {
    const found = verdicts.find((each) => each.id === id)
    if (found === undefined) throw new RangeError(`no claim "${id}"`)
    return found
  }
  const contracts = (note: Note): Section => note.sections.find(({ id }) => id === 'contracts')!
  const noteAt = (asOf: string): Promise<Note> => answerNote(desk, { asset: 'ETH', asOf: parseAsOf(asOf) })

  it('support what the article says of Binance', () => {
    expect(verdict('binance-eth-oi')).toMatchObject({ verdict: 'supported', found: 1_784_756, unit: 'coins' })
    expect(verdict('binance-eth-oi').remarks.join()).toMatch(/mean over the day/)
  })

  it('contradict the share of market cap, and say whose sum it is and what its sides may do to it', () => {
    const { verdict: word, found, remarks } = verdict('eth-oi-mc-measured')
    expect(word).toBe('contradicted')
    expect(found).toBeCloseTo((100 * 15_053_694_400) / 216_796_456_000, 3)
    expect(remarks.join()).toMatch(/coverage is unknown/)
    expect(remarks.join()).toMatch(/one-sided it is between 3\.47\d? and 6\.94\d?/)
  })

  it('decide whether open interest rose, and whether it followed the price, from daily means alone', () => {
    const jump = verdict('oi-jump-22')
    expect(jump).toMatchObject({ verdict: 'supported', unit: 'pct' })
    expect(jump.found).toBeCloseTo(100 * (1_784_756 / 1_603_862 - 1), 9)
    const follows = verdict('oi-follows-price')
    expect(['supported', 'contradicted']).toContain(follows.verdict)
    expect(follows.remarks.join()).toMatch(/the price is the mean that stands with it and not the close/)
  })

  it('cannot tell the leverage of Bybit, and halve what was published', () => {
    const { verdict: word, missing, remarks } = verdict('bybit-leverage-measured')
    expect(word).toBe('not-checkable')
    expect(missing.join()).toMatch(/wallets/)
    expect(remarks.join()).toMatch(/4\.15 is 2\.08 one-sided/)
  })

  it.each(['eth-largest-pair', 'leverage-many-times'])('find the article at odds with itself: %s', (id) =>
    expect(verdict(id).verdict).toBe('inconsistent'),
  )

  it('name what no file can give', () => {
    for (const id of ['sol-oi-mc', 'bnb-oi-mc']) {
      expect(verdict(id).verdict).toBe('not-checkable')
      expect(verdict(id).missing.join()).toMatch(/open interest|market cap/)
    }
  })

  it('make a section of the note, as of the end of 23 April', async () => {
    const section = contracts(await noteAt('2025-04-24T00:00Z'))
    const text = [section.finding, ...section.claims].map((claim) => claim.text).join('\n')
    expect(text).toMatch(/8\.38 m ETH/)
    expect(text).toMatch(/3\.5 % to 6\.9 % of the market cap of ETH, against \d\.\d % to \d\.\d % for BTC/)
    expect(text).toMatch(/Binance's ETHUSDT is the only venue held by itself: 1\.78 m ETH \(a mean over the day\)/)
    expect(text).toMatch(/Binance/)
    expect(section.missing.join()).toMatch(/liquidations of ETH/)
  })

  it('rise in dollars and fall in coins on 22 April, and say which the note goes by', async () => {
    const { finding } = contracts(await noteAt('2025-04-22'))
    expect(finding.text).toMatch(/rose 8\.6 % in dollars on 22 April and fell 2\.3 % in coins/)
    expect(finding.text).toMatch(/this note counts coins/)
  })

  it('do not compare across the day on which the vendor added venues, and name it', async () => {
    const { claims } = contracts(await noteAt('2025-04-24T00:00Z'))
    const whose = claims.find(({ id }) => id === 'contracts-whose')
    expect(whose?.text).toMatch(
      /On 6 April it rose 34 % in a day, while Binance's fell 2\.7 %: its parts may be others since/,
    )
    expect(claims.map(({ id }) => id)).not.toContain('contracts-range')
    expect(contracts(await noteAt('2025-04-01')).claims.map(({ id }) => id)).toContain('contracts-range')
  })

  it('read nothing out of open interest that ended long before', async () => {
    const section = contracts(await noteAt('2026-01-05T00:00Z'))
    expect(section.finding.text).toMatch(
      /^Open interest was last held on 23 May 2025, 223 days before the last candle: 8\.17 m ETH\./,
    )
    expect(section.claims.filter(({ id }) => /whose|range|market-cap|largest|regime/.test(id))).toEqual([])
    expect(section.figures.map(({ id }) => id)).not.toContain('open-interest')
  })

  it('name with a sentence the records that it was read from, and no others', async () => {
    const section = contracts(await noteAt('2025-04-24T00:00Z'))
    const kinds = (id: string): readonly string[] => [
      ...new Set(section.claims.find((each) => each.id === id)?.inputs.map(({ kind }) => kind)),
    ]
    expect(kinds('contracts-funding')).toEqual(['candles', 'funding'])
    expect(kinds('contracts-whose')).toEqual(['candles', 'open_interest'])
  })

  it('recompute what a claim carries', async () => {
    const { finding } = contracts(await noteAt('2025-04-22'))
    const answer = await answerSeries(desk, {
      metric: finding.method,
      asset: 'ETH',
      interval: '1d',
      asOf: parseAsOf('2025-04-22'),
      last: 1,
    })
    expect(answer.points.at(-1)?.value).toBeCloseTo(finding.value, 9)
  })
})
