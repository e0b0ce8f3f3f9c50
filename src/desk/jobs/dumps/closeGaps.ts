import { intervalMs } from '../../../core/interval.ts'
import { batchOf } from '../../../records/batch.ts'
import { coverage, type Coverage } from '../../../records/coverage.ts'
import { POSITIONING_MEASURES } from '../../../records/positioning.ts'
import type { DumpFile } from '../../../sources/dumps/dumpFile.ts'
import { append } from '../../../store/append.ts'
import type { Desk } from '../../desk.ts'
import type { CoverageBook } from '../collect/coverageBook.ts'
import type { Stretch } from '../collect/stretches.ts'
import type { Brought } from './dumpReport.ts'

/** What a collector had missed and a file has brought. */
export interface ClosedGap {
  readonly lane: string
  readonly from: number
  readonly to: number
}

const METRICS_STEP_MS = 300_000

/**
 * Writes down as covered what a collector has reported as a gap and a file holds whole. Where nothing was collected there are no gaps,
 * and nothing is written.
 */
export async function closeGaps(
  desk: Desk,
  book: CoverageBook,
  file: DumpFile,
  brought: Brought,
): Promise<readonly ClosedGap[]> {
  const { venue, market, instrument } = file
  const closed = lanesOf(file, brought).flatMap(({ lane, from, to }) =>
    book.gaps({ venue, market, lane, instrument }).flatMap((gap): ClosedGap[] => {
      const both = { lane, from: Math.max(gap.from, from), to: Math.min(gap.to, to) }
      return both.from < both.to ? [both] : []
    }),
  )
  const rows = closed.map(({ lane, from, to }): Coverage => {
    const stretch = { since: from, until: to, members: instrument, ended: '' }
    return { venue, market, lane, feed: instrument, way: 'history', ...stretch }
  })
  if (rows.length > 0) await append(desk.store, batchOf(coverage, rows), 0)
  for (const row of rows) book.put(row)
  return closed
}

/** The lanes of a file of which it holds every row, with the stretch that it holds. */
function lanesOf(file: DumpFile, { rows, bad, records }: Brought): readonly (Stretch & { readonly lane: string })[] {
  const { kind, interval = '1m', from, to } = file
  if (bad.count > 0) return []
  const countOf = (record: string): number => records.find((each) => each.record === record)?.rows ?? 0
  switch (kind) {
    case 'klines':
      return rows === (to - from) / intervalMs(interval) ? [{ lane: `candle/${interval}`, from, to }] : []
    case 'trades':
    case 'aggTrades':
      return [{ lane: 'trade', from, to }]
    case 'funding':
      return [{ lane: 'funding/paid', from, to }]
    case 'metrics': {
      // The readings after the begin of the day, up to its end.
      const day = { from: from + 1, to: to + 1 }
      const readings = (to - from) / METRICS_STEP_MS
      const [interest, ratios] = [countOf('openInterest'), countOf('positioning') / POSITIONING_MEASURES.length]
      return [
        ...(interest === readings ? [{ lane: 'openInterest/5m', ...day }] : []),
        ...(ratios === readings
          ? POSITIONING_MEASURES.map((each) => ({ lane: `positioning/${each}/5m`, ...day }))
          : []),
      ]
    }
  }
}
