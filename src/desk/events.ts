import { formatInstant, type InstantMs } from '../core/instant.ts'
import type { Interval } from '../core/interval.ts'
import { detect, setupEvents } from '../setups/detect.ts'
import { resolveSetup } from '../setups/registry.ts'
import type { Evidence, SetupEvent } from '../setups/setup.ts'
import { printInput, type PrintedInput } from './answers.ts'
import type { Desk } from './desk.ts'
import { readFrame } from './readFrame.ts'
import { sayUnheld } from './unheld.ts'

export interface EventsQuestion {
  readonly setup: string
  readonly asset: string
  readonly interval: Interval
  readonly asOf: InstantMs
  readonly from?: InstantMs
  readonly before?: InstantMs
  readonly venue?: string
  readonly market?: string
}

export interface PrintedEvent {
  readonly id: string
  readonly of?: string
  readonly at: string
  readonly knownAt: string
  readonly pivotAt?: string
  readonly firstPivotAt?: string
  readonly side: string
  readonly evidence: Evidence
}

export interface EventsAnswer {
  readonly setup: string
  readonly asset: string
  readonly venue: string | null
  readonly instrument: string | null
  readonly interval: string
  readonly asOf: string
  readonly simulated: boolean
  readonly events: readonly PrintedEvent[]
  readonly inputs: readonly PrintedInput[]
  readonly conventions: readonly string[]
  readonly missing: readonly string[]
}

/** Throws for an id that names no setup; to be asked before a store is opened for it. */
export function proveSetup(setup: string): void {
  resolveSetup(setup)
}

/** The events of a setup on an asset, as known at T. */
export async function answerEvents(desk: Desk, question: EventsQuestion): Promise<EventsAnswer> {
  const { id, kind, family, params } = resolveSetup(question.setup)
  const { frame, missing } = await readFrame(desk, [{ kind: 'candles' }], question)
  const { candles } = frame
  const found = candles === undefined ? [] : detect(family, params, candles).filter(({ setup }) => setup === kind)
  const events = candles === undefined ? [] : setupEvents(family, params, candles, found)
  const [input] = frame.inputs
  return {
    setup: id,
    asset: question.asset,
    venue: input?.venue ?? null,
    instrument: input?.instrument ?? null,
    interval: question.interval,
    asOf: formatInstant(question.asOf),
    simulated: frame.inputs.some(({ simulated }) => simulated),
    events: events.filter(inRange(question)).map(printEvent),
    inputs: frame.inputs.map(printInput),
    conventions: frame.conventions,
    missing: [...missing, ...sayUnheld(frame, question.asset, question)],
  }
}

const inRange =
  ({ from, before }: EventsQuestion) =>
  ({ at }: SetupEvent): boolean =>
    (from === undefined || at >= from) && (before === undefined || at < before)

function printEvent(event: SetupEvent): PrintedEvent {
  const { pivotAt, firstPivotAt, ...rest } = event
  return {
    ...rest,
    at: formatInstant(event.at),
    knownAt: formatInstant(event.knownAt),
    ...(pivotAt === undefined ? {} : { pivotAt: formatInstant(pivotAt) }),
    ...(firstPivotAt === undefined ? {} : { firstPivotAt: formatInstant(firstPivotAt) }),
  }
}
