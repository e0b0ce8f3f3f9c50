import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../core/instant.ts'

/** How often and how patiently venues are asked, ms of this machine's clock. */
export interface Pace {
  /** Between two looks through the lanes for what is missing. */
  readonly sweepMs: number
  /** What was traded just before a feed came up is served after this. */
  readonly servedMs: number
  /** Between two listings. */
  readonly relistMs: number
  /** The same where something hints that the listing has changed, or where the last one failed. */
  readonly relistSoonMs: number
  /** Numbers without a past are asked for at least this often, whatever their source says. */
  readonly mostPollMs: number
  /** Before a question is asked again for the first time; it doubles. */
  readonly retryMs: number
  /** A door that denies access is left alone for so long. */
  readonly deniedMs: number
  /** A feed that brought something unreadable counts as whole again when nothing of that kind came for so long. */
  readonly clearMs: number
  /** A feed can be found silent by its own pace when it was listened to for so long. */
  readonly knownMs: number
  /** A feed that is down for longer is done without: what it should bring is asked for. */
  readonly withoutFeedMs: number
  /** Longest wait of a job that is to end by itself. */
  readonly patienceMs: number
}

export const USUAL_PACE: Pace = {
  sweepMs: 15 * SECOND_MS,
  servedMs: 3 * SECOND_MS,
  relistMs: 10 * MINUTE_MS,
  relistSoonMs: MINUTE_MS,
  mostPollMs: DAY_MS,
  retryMs: 500,
  deniedMs: 10 * MINUTE_MS,
  clearMs: 5 * SECOND_MS,
  knownMs: MINUTE_MS,
  withoutFeedMs: MINUTE_MS,
  patienceMs: 2 * MINUTE_MS,
}
