import { DeskError } from '../../../core/errors.ts'
import { parseInstant } from '../../../core/instant.ts'
import { dumpName } from '../fileName.ts'
import { findColumns, type Layout } from './layout.ts'

/**
 * Five-minute statistics of Binance's public dumps of USD-M contracts: open interest in coins and its value, and the ratios of all
 * accounts, of top accounts, of top positions, and of what takers bought and sold. A file is a day; which of its labels mean what
 * depends on the day in its name (see `metrics_label` in the ledger of conventions).
 */
export const binanceMetrics: Layout = {
  id: 'binance-metrics',
  kind: 'metrics',
  headers: [
    'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
      'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio',
  ],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'instrument', 'openInterest'])
    if (columns === undefined) return undefined
    const period = dumpName(head.stem)?.period ?? ''
    if (!/^\d{4}-\d{2}-\d{2}$/.test(period)) throw new UndatedDumpError(head.stem)
    return { header: 'first row', columns, venue: 'binance', market: 'perp', day: parseInstant(period) }
  },
}

const NAMES = {
  at: ['createtime'],
  instrument: ['symbol'],
  openInterest: ['sumopeninterest'],
  openInterestValue: ['sumopeninterestvalue'],
  top_accounts: ['counttoptraderlongshortratio'],
  top_positions: ['sumtoptraderlongshortratio'],
  long_short_accounts: ['countlongshortratio'],
  taker_ratio: ['sumtakerlongshortvolratio'],
}

/** Thrown where the name of a file must tell its day and does not. */
export class UndatedDumpError extends DeskError {
  constructor(stem: string) {
    super('UNDATED_DUMP', `"${stem}" does not tell its day, without which its times cannot be read`, {
      hint: 'keep the name that the file has on the site: SYMBOL-metrics-YYYY-MM-DD',
    })
  }
}
