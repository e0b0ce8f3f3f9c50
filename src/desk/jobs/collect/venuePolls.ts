import { pause } from '../../../net/pause.ts'
import type { Poll } from '../../../sources/source.ts'
import { PollCoverage } from './pollCoverage.ts'
import type { VenueTools } from './venueTools.ts'

/** Asks again and again for numbers that have no past, until the link's signal. */
export async function runPolls(tools: VenueTools): Promise<void> {
  const polled = new PollCoverage()
  await Promise.all(tools.source.polls.map((poll) => runPoll(poll, tools, polled)))
}

async function runPoll(poll: Poll, tools: VenueTools, polled: PollCoverage): Promise<void> {
  const { link, source, instruments, intake, coverage, report } = tools
  while (!link.signal.aborted) {
    const covered = instruments.chosen.filter((each) => each.market === poll.market && poll.covers(each))
    const began = link.now()
    try {
      if (covered.length > 0) {
        for await (const mapped of poll.fetch(link, instruments.context(), covered)) await intake.asked(mapped)
        coverage.put(...polled.answered(poll, source.venue, covered, began))
      }
    } catch (error) {
      report(poll.id, error)
    }
    await pause(Math.max(50, poll.everyMs - (link.now() - began)), link.signal).catch(() => undefined)
  }
}
