import type { Convention } from '../convention.ts'

/** What Messari's sums over venues mean, as far as their names tell. */
export const messari: readonly Convention[] = [
  {
    id: 'messari/open_interest_history/all-venues-sides-unknown',
    venue: 'messari',
    field: 'open_interest_history',
    meaning:
      'US dollars over all venues that the vendor reads; which these are, and whether venues that count both sides are ' +
      'halved, is not told.',
    rule: { of: 'open interest', countedIn: 'quote', sides: 'unknown' },
    standing: 'unknown',
    evidence: [
      {
        says: 'Futures open interest over exchanges is offered; the page names neither its unit nor how many sides are counted',
        address: 'https://docs.messari.io/api-reference/endpoints/exchanges/exchanges-api.md',
        seen: 'page, undated',
      },
    ],
  },
]
