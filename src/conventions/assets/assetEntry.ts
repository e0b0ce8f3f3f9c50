import { z } from 'zod'
import { BadInstantError, parseInstant } from '../../core/instant.ts'
import { MARKETS } from '../../records/candle.ts'

const assetId = () => z.string().regex(/^[A-Z0-9]+$/)
const ticker = () => z.string().min(1)
const venue = () => z.string().regex(/^[a-z0-9]+$/)
const market = () => z.enum(MARKETS)
/** Where it can be read. A statement without one is not accepted. */
const evidence = () => z.url({ protocol: /^https$/ })
/** A date or an instant, UTC. */
const at = () => z.string().refine(isInstant, 'is no date or instant')
/** As precise as the evidence: a month, a date or an instant. It is printed, never computed with. */
const about = () =>
  z.string().refine((text) => isInstant(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text), 'is no date')
/** Coins of now, or of the other asset, in one coin of then. */
const coins = () => z.number().positive()

const schema = z.strictObject({
  /** Our id: the ticker that most venues use, unless that ticker is something else. */
  id: assetId(),
  /** The thing's own name. */
  name: z.string().min(1),
  contracts: z
    .array(z.strictObject({ chain: z.string().min(1), address: z.string().min(1), evidence: evidence() }))
    .default([]),
  /** What venues call it, only where that is not the id, or where the same ticker is another asset elsewhere. */
  tickers: z
    .array(
      z.strictObject({
        /** As it is left when quote and multiplier are taken off: `NEIRO` for `kNEIRO`. */
        ticker: ticker(),
        /** Every venue, every market, every multiplier where it is not said. */
        venue: venue().optional(),
        market: market().optional(),
        multiplier: z.number().positive().optional(),
        from: at().optional(),
        /** Left out: from then on the ticker may mean something else. */
        to: at().optional(),
        evidence: evidence(),
      }),
    )
    .default([]),
  /** Names of the same thing in earlier times: it was renamed, and no market trades both at two prices. */
  formerly: z
    .array(
      z.strictObject({
        ticker: ticker(),
        at: about(),
        /** Not 1 where it was redenominated. */
        coins: coins(),
        /** From then on the old ticker may mean another asset. */
        to: at().optional(),
        evidence: evidence(),
      }),
    )
    .default([]),
  /** What its holders can change it for. It stays an asset of its own: both exist, and not at one price. */
  became: z.strictObject({ asset: assetId(), at: about(), coins: coins(), evidence: evidence() }).optional(),
  delisted: z
    .array(
      z.strictObject({
        venue: venue(),
        market: market(),
        instrument: z.string().min(1),
        at: about(),
        evidence: evidence(),
      }),
    )
    .default([]),
})

/** What is known of one asset: names, contracts, renames, delistings, each statement with its evidence. */
export type AssetEntry = z.output<typeof schema>

/** The same as it is written down: empty lists are left out. */
export type WrittenEntry = z.input<typeof schema>

/**
 * Reads written entries; a list that is left out is empty.
 * @throws {z.ZodError} a statement lacks evidence, a date is none, or a field is not known
 * @example readEntries([{ id: 'POL', name: 'Polygon' }])[0].formerly // []
 */
export const readEntries = (written: readonly WrittenEntry[]): readonly AssetEntry[] => z.array(schema).parse(written)

function isInstant(text: string): boolean {
  try {
    parseInstant(text)
    return true
  } catch (error) {
    if (error instanceof BadInstantError) return false
    throw error
  }
}
