import { expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import type { PublisherLink } from '../publisherLink.ts'
import { COIN_IDS } from './coinIds.ts'
import { coingecko } from './coingecko.ts'
import { goldTokens } from './goldTokens.ts'

/** What was asked, of a link that answers with an empty chart. */
async function asked(name: string, days?: number): Promise<unknown> {
  const questions: unknown[] = []
  const link: PublisherLink = {
    base: coingecko.base,
    ask: (path, query) => {
      questions.push({ path, ...query })
      return Promise.resolve({ json: { prices: [], market_caps: [], total_volumes: [] }, simulated: false })
    },
    askText: () => Promise.reject(new RangeError('no table is asked for')),
  }
  await goldTokens.fetch(link, { name, now: parseInstant('2025-04-22'), ...(days === undefined ? {} : { days }) })
  return questions
}

it('asks the publisher of market caps, within its limit', () => {
  expect(goldTokens.publisher).toBe(coingecko)
})

it('knows every token as a coin', () => {
  for (const name of Object.keys(goldTokens.series)) expect(COIN_IDS[name]).toMatch(/^(pax|tether)-gold$/)
})

it.each([
  ['90 days unless said', 'PAXG', undefined, 'pax-gold', 90],
  ['two days where one is wished, for one would come every five minutes', 'XAUT', 1, 'tether-gold', 2],
  ['as many as are wished', 'XAUT', 30, 'tether-gold', 30],
])('asks for %s, at the interval that the publisher has for them', async (_what, name, days, coin, expected) => {
  expect(await asked(name, days)).toEqual([{ path: `/coins/${coin}/market_chart`, vs_currency: 'usd', days: expected }])
})
