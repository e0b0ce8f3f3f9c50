import { DAY_MS } from '../../../core/instant.ts'
import type { Macro } from '../../market/live/macro.ts'
import { numberOf, ok } from '../answers.ts'
import type { Answer, Ask, VenueDoors } from '../door.ts'
import { MARKED_RATE } from '../markedRate.ts'

/** The index of alternative.me over a world's mood, by its page. */
export const alternativemeDoors = (macro: Macro, now: () => number): VenueDoors => ({
  venue: 'alternativeme',
  rate: MARKED_RATE,
  answer: (ask) => answer(ask, macro, now()),
  notFound: { status: 404, body: '<html>Not Found</html>' },
  tradeId: () => '',
  connect: () => undefined,
})

/** The newest first; `limit` 0 is all. */
function answer({ path, query }: Ask, macro: Macro, now: number): Answer | undefined {
  if (path !== '/fng/' && path !== '/fng') return undefined
  const limit = numberOf(query, 'limit', 1)
  const today = Math.floor(now / DAY_MS) * DAY_MS
  const all = (today - macro.firstDay) / DAY_MS + 1
  const count = limit === 0 ? all : Math.min(all, limit)
  const data = Array.from({ length: count }, (_, i) => {
    const day = today - i * DAY_MS
    const value = macro.mood(day)
    const left = i === 0 ? { time_until_update: String(Math.ceil((day + DAY_MS - now) / 1000)) } : {}
    return { value: String(value), value_classification: moodOf(value), timestamp: String(day / 1000), ...left }
  })
  return ok({ name: 'Fear and Greed Index', data, metadata: { error: null } })
}

function moodOf(value: number): string {
  if (value < 25) return 'Extreme Fear'
  if (value < 47) return 'Fear'
  if (value < 55) return 'Neutral'
  return value < 76 ? 'Greed' : 'Extreme Greed'
}
