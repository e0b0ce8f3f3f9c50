import { reasonOf } from '../../../core/errors.ts'
import { pause } from '../../../net/pause.ts'
import type { MappedRow, Poll } from '../../../sources/source.ts'
import type { Pace } from './pace.ts'
import { PollCoverage, type PollPage } from './pollCoverage.ts'
import type { VenueTools } from './venueTools.ts'

export interface PollOptions extends VenueTools {
  readonly pace: Pick<Pace, 'mostPollMs'>
  /** Told what an answer brought, and when it was asked for by the steady clock. */
  readonly onAnswer: (rows: readonly MappedRow[], askedAt: number) => void
}

/** Asks again and again for numbers that have no past, until the link's signal. */
export async function runPolls(options: PollOptions): Promise<void> {
  const polled = new PollCoverage()
  const { source, pace, coverage } = options
  const polls = source.polls.map((poll) => ({ ...poll, everyMs: Math.min(poll.everyMs, pace.mostPollMs) }))
  await Promise.all(polls.map((poll) => runPoll(poll, options, polled)))
  coverage.put(...polled.end('stopped'))
}

async function runPoll(poll: Poll, tools: PollOptions, polled: PollCoverage): Promise<void> {
  const { link, instruments, report } = tools
  while (!link.signal.aborted) {
    const asked = instruments.chosen.filter((each) => each.market === poll.market && poll.covers(each))
    const began = link.now()
    try {
      if (asked.length > 0) await ask(poll, asked, tools, polled)
    } catch (error) {
      polled.failed(poll, reasonOf(error))
      report(poll.id, error)
    }
    await pause(Math.max(50, poll.everyMs - (link.now() - began)), link.signal).catch(() => undefined)
  }
}

async function ask(
  poll: Poll,
  asked: VenueTools['instruments']['chosen'],
  { link, source, instruments, intake, coverage, onAnswer }: PollOptions,
  polled: PollCoverage,
): Promise<void> {
  const pages: PollPage[] = []
  const askedAt = performance.now()
  for await (const mapped of poll.fetch(link, instruments.context(), asked)) {
    const at = link.now()
    pages.push({ rows: (await intake.asked(mapped)).rows, at })
  }
  for (const { rows } of pages) onAnswer(rows, askedAt)
  coverage.put(...polled.answered({ poll, venue: source.venue, instruments: asked, pages }))
}
