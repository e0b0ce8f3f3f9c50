import { isRatePrice } from '../../conventions/ratePrice.ts'
import { toldAt } from '../../conventions/releases.ts'
import { DAY_MS, formatDay, type InstantMs } from '../../core/instant.ts'
import { futuresSettlement } from '../../records/futuresSettlement.ts'
import type { Mapped } from '../source.ts'
import { Mapping, needWire } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/**
 * Days whose report is final.
 * @returns 00:00Z of each, the newest first
 * @throws {NotAsDocumentedError} the answer is no list of days
 * @example mapTradeDates([['09/23/2025', 'Preliminary'], ['09/22/2025', 'Final']]).map(formatDay) // ['2025-09-22']
 */
export function mapTradeDates(json: unknown): readonly InstantMs[] {
  const days = needWire(wire.tradeDates, json, 'TradeDate').filter(([, report]) => report === 'Final')
  return days.map(([day]) => day).toSorted((a, b) => b - a)
}

/** Which report is read. */
export interface ReportContext {
  /** The day that was asked for, 00:00Z. */
  readonly at: InstantMs
  /** The address that was asked. */
  readonly source: string
}

/** Settlement prices of a day; rows are there only where the report is final. */
export interface MappedReport extends Mapped {
  readonly report: 'final' | 'preliminary' | 'none'
}

/**
 * The settlement prices of all months that a final report tells, 100 less percent a year. A month without a price is a gap.
 * @returns rows of one day in the order of the report, each known when the ledger of releases says; of another report than a final one none
 */
export function mapReport(json: unknown, { at, source }: ReportContext): MappedReport {
  const mapping = new Mapping('Settlements')
  const row = { venue: 'cme', product: 'ZQ', at, knownAt: toldAt('ZQ', at, DAY_MS), source } as const
  let report: MappedReport['report'] = 'none'
  mapping.read(wire.report, json, [], (answer) => {
    if (answer.tradeDate !== at) mapping.impossible('tradeDate', `is not ${formatDay(at)}, which was asked for`, answer)
    if (answer.empty) return
    report = answer.reportType === 'Final' ? 'final' : 'preliminary'
    if (report === 'preliminary') return
    for (const { month, price, raw } of pricesOf(answer.settlements, mapping))
      mapping.keep(futuresSettlement, { ...row, month, price }, raw)
  })
  return { ...mapping.done(), report }
}

interface Contract {
  readonly month: string
  readonly settle: string
}

interface Price {
  readonly month: string
  readonly price: number
  readonly raw: Contract
}

/** The prices of months, with whatever cannot be told to the mapping. */
function pricesOf(contracts: readonly Contract[], mapping: Mapping): readonly Price[] {
  const seen = new Set<string>()
  return contracts.flatMap((raw, i): readonly Price[] => {
    if (raw.month === wire.TOTAL) return []
    const month = wire.monthOf(raw.month)
    if (seen.has(month)) mapping.impossible(`settlements[${i}].month`, 'is there twice', raw)
    seen.add(month)
    if (raw.settle === wire.NONE) return []
    const price = Number(raw.settle)
    if (isRatePrice(price)) return [{ month, price, raw }]
    mapping.impossible(`settlements[${i}].settle`, 'is no price of a rate', raw)
    return []
  })
}
