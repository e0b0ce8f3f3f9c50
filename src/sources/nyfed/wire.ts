import { z } from 'zod'
import { parseInstant } from '../../core/instant.ts'

const percent = () => z.number()

/** A day of GET /api/rates/unsecured/effr/last/{number}.json: percent a year, billions of US dollars. */
const refRate = z.strictObject({
  effectiveDate: z.iso.date().transform(parseInstant),
  type: z.literal('EFFR'),
  percentRate: percent(),
  percentPercentile1: percent().optional(),
  percentPercentile25: percent().optional(),
  percentPercentile75: percent().optional(),
  percentPercentile99: percent().optional(),
  /** Before 16 December 2008 there was one target, not a range. */
  targetRateFrom: percent().optional(),
  targetRateTo: percent().optional(),
  volumeInBillions: z.number().optional(),
  /** Empty unless the rate was revised. */
  revisionIndicator: z.string().optional(),
})

export const refRates = z.strictObject({ refRates: z.array(refRate) })
