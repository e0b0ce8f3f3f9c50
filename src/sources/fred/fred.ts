import { MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { LevelSource } from '../levelSource.ts'
import type { Publisher } from '../publisher.ts'
import { mapGraph } from './map.ts'
import * as wire from './wire.ts'

/** A table of five days, which begins as all of them do. */
const PROOF = `${wire.DOOR}?id=DFF&cosd=2025-04-21&coed=2025-04-25`
const HEADER = new RegExp(`^(${wire.DATE_COLUMNS.join('|')}),DFF\r?\n`)

/** The tables behind FRED's graphs, which want no key. No limit is told for them; ten questions a minute are more than all series need. */
const publisher: Publisher = {
  name: 'fred',
  base: 'https://fred.stlouisfed.org',
  budget: { limit: 10, windowMs: MINUTE_MS },
  maxBytes: 8 * 1024 ** 2,
  timeoutMs: 40 * SECOND_MS,
  proof: { path: PROOF, as: 'text', isAnswer: (text) => typeof text === 'string' && HEADER.test(text) },
}

/** Series by FRED's ids. Where measures know a series by another name it is kept under that. */
const SYMBOLS = {
  DFF: 'DFF',
  DFEDTARU: 'DFEDTARU',
  DFEDTARL: 'DFEDTARL',
  EFFR: 'EFFR',
  SOFR: 'SOFR',
  VIXCLS: 'VIX',
  SP500: 'SPX',
  NASDAQCOM: 'IXIC',
  DGS2: 'DGS2',
  DGS10: 'DGS10',
  T10Y2Y: 'T10Y2Y',
  DTWEXBGS: 'DTWEXBGS',
} as const satisfies Readonly<Record<string, string>>

/** Series of FRED: all days in one answer, each in its latest vintage. */
export const fred: LevelSource = {
  publisher,
  series: Object.fromEntries(Object.entries(SYMBOLS).map(([id, symbol]) => [id, [symbol]])),
  fetch: async ({ askText }, { name, now }) => {
    const { text, simulated } = await askText(wire.DOOR, { id: name })
    const symbol = SYMBOLS[name as keyof typeof SYMBOLS]
    return { ...mapGraph(text, { id: name, symbol, now }), simulated }
  },
}
