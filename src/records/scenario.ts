import { z } from 'zod'

const day = () => z.iso.date()

const schema = z.strictObject({
  /** What the scenario is, in words that a reader of the demo sees. */
  title: z.string().min(1),
  seed: z.string().min(1),
  /** First and last UTC day, both inclusive. */
  from: day(),
  to: day(),
  assets: z
    .array(
      z.strictObject({
        asset: z.string().min(1),
        quote: z.string().min(1),
        /** Price at 00:00Z of the first day. */
        startPrice: z.number().positive(),
        /** Standard deviation of log returns over a year of 365 days, percent. */
        volatilityPct: z.number().positive(),
        /** Turnover of a usual day, in the quote unit. */
        dayVolumeQuote: z.number().positive(),
        /** An earlier asset of the list whose returns this one follows, and how closely. */
        follows: z.strictObject({ asset: z.string().min(1), correlation: z.number().gt(0).lt(1) }).optional(),
      }),
    )
    .min(1),
  facts: z.array(
    z.strictObject({
      asset: z.string().min(1),
      on: day(),
      open: z.number().positive().optional(),
      high: z.number().positive().optional(),
      low: z.number().positive().optional(),
      close: z.number().positive().optional(),
      /** The day's volume is the highest of so many days, itself included. */
      highestVolumeOfDays: z.number().int().min(2).optional(),
    }),
  ),
  /** Prices that no bar of these days reaches, but where a fact says so. */
  bounds: z.array(
    z.strictObject({
      asset: z.string().min(1),
      from: day(),
      to: day(),
      above: z.number().positive().optional(),
      below: z.number().positive().optional(),
      /** The fact or the reading that implies it. */
      because: z.string().min(1),
    }),
  ),
})

/** What a simulated market must have done: dated price facts and bounds per asset. The days between are free. */
export type Scenario = z.infer<typeof schema>
export type ScenarioAsset = Scenario['assets'][number]
export type ScenarioFact = Scenario['facts'][number]

/** The shape of a scenario file. Whether its facts agree with each other is for the simulator to judge. */
export const scenarioSchema = schema
