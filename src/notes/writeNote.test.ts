import { describe, expect, it } from 'vitest'
import { framesOf, SHAPES, type MadeFrames, type Shape } from '../../test/support/shapes.ts'
import { closeAt } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { parseId } from '../core/id.ts'
import type { InstantMs } from '../core/instant.ts'
import { evaluateMetric, metrics, resolveMetric } from '../metrics/registry.ts'
import { detect } from '../setups/detect.ts'
import { resolveSetup, setups } from '../setups/registry.ts'
import { calculate } from './check/arithmetic.ts'
import type { Claim, Figure } from './claim.ts'
import type { Note } from './note.ts'
import { readingOf } from './reading.ts'
import { claimsOf } from './sources.ts'
import { writeNote } from './writeNote.ts'

const SEEDS = ['a', 'b']

interface Written {
  readonly shape: Shape
  readonly frames: MadeFrames
  readonly note: Note
}

function write(shape: Shape, seed: string): Written {
  const frames = framesOf(shape, seed)
  const reading = readingOf(frames.daily, frames.fourHour)
  if (reading === undefined) throw new RangeError(`"${shape.name}" has too few days`)
  return { shape, frames, note: writeNote(reading) }
}

const WRITTEN: readonly Written[] = SHAPES.flatMap((shape) => SEEDS.map((seed) => write(shape, seed)))

/** Looks at every claim of every note; each complaint begins with the market's shape and the claim's id. */
function complaints(look: (claim: Claim, written: Written) => readonly string[]): readonly string[] {
  const all = WRITTEN.flatMap((written) =>
    claimsOf(written.note).flatMap((claim) =>
      look(claim, written).map((complaint) => `${written.shape.name}, ${claim.id}: ${complaint}`),
    ),
  )
  return [...new Set(all)]
}

const figuresOf = (claim: Claim): readonly Figure[] => [
  { name: claim.name, value: claim.value, unit: claim.unit, method: claim.method, at: claim.asOf },
  ...claim.also,
]

const GARBLED = /NaN|undefined|Infinity|null|--|—|–| {2}|\.\.|,,| [.,;:]|\bno days\b|\bone days\b|−0\.0 %/

/** Every text of a note that is not a claim. */
function otherTexts({ note }: Written): readonly string[] {
  return [
    note.verdict.question,
    ...note.verdict.missing,
    ...note.missing,
    ...note.facts.map(({ short }) => short),
    ...note.sections.flatMap(({ missing, figures }) => [
      ...missing,
      ...figures.flatMap(({ alt, captions }) => [alt, ...captions]),
    ]),
  ]
}

describe('a note of any market', () => {
  it('says no word that is no English', () => {
    expect(complaints(({ text }) => (GARBLED.test(text) ? [text] : []))).toEqual([])
    const others = WRITTEN.flatMap((written) =>
      otherTexts(written)
        .filter((text) => /NaN|undefined|Infinity|null| {2}/.test(text))
        .map((text) => `${written.shape.name}: ${text}`),
    )
    expect(others).toEqual([])
  })

  it('begins each sentence with a capital or a digit and ends it with one full stop', () => {
    expect(complaints(({ text }) => (/^[A-Z\d].*[^.\s]\.$/.test(text) ? [] : [text]))).toEqual([])
  })

  it('gives each claim an id of its own', () => {
    for (const { note } of WRITTEN) {
      const ids = claimsOf(note).map(({ id }) => id)
      expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted())
      expect(ids.every((id) => /^[a-z][a-z\d-]*$/.test(id))).toBe(true)
    }
  })

  it('gives each claim its inputs, a unit, a method and a time that was known', () => {
    const look = (claim: Claim, { note, frames }: Written) => {
      const held = [frames.daily, frames.fourHour].flatMap((frame) => frame?.inputs ?? [])
      return [
        ...(claim.inputs.length > 0 && claim.inputs.every((input) => held.includes(input)) ? [] : ['no inputs']),
        ...(figuresOf(claim).every(({ unit, method }) => unit.length > 0 && method.length > 0) ? [] : ['no unit']),
        ...(figuresOf(claim).every(({ at }) => at <= note.asOf) ? [] : ['a time after the note']),
      ]
    }
    expect(complaints(look)).toEqual([])
  })

  it('carries finite figures only', () => {
    const look = (claim: Claim) =>
      figuresOf(claim)
        .filter(({ value }) => !Number.isFinite(value))
        .map(({ name, method, value }) => `${name} by ${method} is ${value}`)
    expect(complaints(look)).toEqual([])
  })

  it('gives what a metric gives, where its method is a metric', () => {
    const look = (claim: Claim, { frames }: Written) =>
      figuresOf(claim).flatMap((figure) => {
        const found = metricValues(figure, framesFor(claim, frames))
        if (found === undefined || found.some((value) => isNear(value, figure.value))) return []
        return [`${figure.name} by ${figure.method} is ${figure.value}, not ${found.join(' or ')}`]
      })
    expect(complaints(look)).toEqual([])
  })

  it('gives the number of events up to then, where its method is a setup', () => {
    const look = (claim: Claim, { frames }: Written) =>
      figuresOf(claim).flatMap((figure) => {
        const found = eventCounts(figure, framesFor(claim, frames))
        if (found === undefined || found.includes(figure.value)) return []
        return [`${figure.name} by ${figure.method} is ${figure.value}, not ${found.join(' or ')}`]
      })
    expect(complaints(look)).toEqual([])
  })

  it('gives what the sum gives, where its method is a sum', () => {
    const look = (claim: Claim) =>
      figuresOf(claim).flatMap(({ name, method, value }) =>
        isSum(method) && !isNear(calculate(method), value)
          ? [`${name} by ${method} is ${value}, not ${calculate(method)}`]
          : [],
      )
    expect(complaints(look)).toEqual([])
  })

  it('takes back no negative share of a fall, and speaks of a year only where it holds one', () => {
    const look = (claim: Claim, { shape }: Written) => [
      ...figuresOf(claim)
        .filter(({ name, value }) => name === 'share of the fall taken back' && !(value >= 0 && value <= 100))
        .map(({ value }) => `takes back ${value}`),
      ...(shape.days < 365 && /\byear\b(?!,)/.test(claim.text.replace('% a year', '')) ? [claim.text] : []),
    ]
    expect(complaints(look)).toEqual([])
  })

  it('measures no average, MACD or strength across a gap, and says why', () => {
    const { note } = WRITTEN.find(({ shape }) => shape.name === 'a gap two days before the end')!
    const finding = (id: string) => note.sections.find((section) => section.id === id)!.finding.text
    expect(finding('momentum')).toBe(
      'The 20-day average cannot be measured: only three daily closes came after the gap of 19 April.',
    )
    expect(finding('strength')).toBe(
      'Strength cannot be measured: only three daily closes came after the gap of 19 April.',
    )
  })

  it('is the same note twice', () => {
    for (const { shape, note } of WRITTEN.filter((_, i) => i % (4 * SEEDS.length) === 0)) {
      expect(write(shape, SEEDS[0]!).note).toEqual(note)
    }
  })

  it('says that it is simulated only where it is', () => {
    for (const { shape, note } of WRITTEN) expect(note.simulated).toBe(shape.simulated === true)
  })

  it('names levels on the right side of the price, nearest to it in the verdict', () => {
    for (const { note } of WRITTEN) {
      const price = note.facts[0]!.claim.value
      for (const { kind, price: level, distancePct } of note.levels) {
        expect([kind, Math.sign(distancePct)]).toEqual(
          level > price ? ['resistance', 1] : ['support', Math.sign(level - price)],
        )
      }
      expect(note.levels.map((level) => level.price)).toEqual(
        note.levels.map((level) => level.price).toSorted((a, b) => b - a),
      )
    }
  })
})

describe('a reading', () => {
  it('needs 60 days', () => {
    const short = { ...SHAPES[0]!, days: 59 }
    const { daily, fourHour } = framesOf(short, 'a')
    expect(readingOf(daily, fourHour)).toBeUndefined()
  })

  it('leaves simulated four-hour candles aside where the days are real, and the other way round', () => {
    const [real, simulated] = [SHAPES[0]!, { ...SHAPES[0]!, simulated: true }].map((shape) => framesOf(shape, 'a'))
    expect(readingOf(real!.daily, simulated!.fourHour)?.fourHour).toBeUndefined()
    expect(readingOf(simulated!.daily, real!.fourHour)?.fourHour).toBeUndefined()
    expect(readingOf(real!.daily, real!.fourHour)?.fourHour).toBeDefined()
  })
})

/** The frames whose records the claim names. */
function framesFor(claim: Claim, { daily, fourHour }: MadeFrames): readonly Frame[] {
  const held = fourHour === undefined ? [daily] : [daily, fourHour]
  return held.filter((frame) => frame.inputs.some((input) => claim.inputs.includes(input)))
}

const barClosing = ({ grid }: Frame, at: InstantMs): number => Math.round((at - grid.start) / grid.step) - 1

function parsed(method: string) {
  try {
    return parseId(method)
  } catch {
    return undefined
  }
}

/** What the method gives on each frame at the bar that closes then; undefined where it is no metric. */
function metricValues({ method, at }: Figure, frames: readonly Frame[]): readonly number[] | undefined {
  const id = parsed(method)
  if (id === undefined || !metrics.has(id.name)) return undefined
  const resolved = resolveMetric(id)
  return frames.flatMap((frame) => {
    const bar = barClosing(frame, at)
    if (bar < 0 || bar >= frame.grid.length || closeAt(frame.grid, bar) !== at) return []
    return [evaluateMetric(resolved, frame)[resolved.outputs[0]!.name]?.[bar] ?? NaN]
  })
}

const IN_THE_LAST = /(?: from (above|below))? in the last (\d+) bars$/

/** How many events the setup had by then on each frame; undefined where it is no setup. */
function eventCounts({ method, at }: Figure, frames: readonly Frame[]): readonly number[] | undefined {
  const [, from, window] = IN_THE_LAST.exec(method) ?? []
  const bars = Number(window ?? Infinity)
  const wanted = from === undefined ? undefined : from === 'below' ? 'short' : 'long'
  const id = parsed(method.replace(IN_THE_LAST, ''))
  if (id === undefined || !setups.has(id.output === undefined ? id.name : `${id.name}.${id.output}`)) return undefined
  const { family, params, kind } = resolveSetup(id)
  return frames.map((frame) => {
    const events = detect(family, params, frame.candles!)
    const last = barClosing(frame, at)
    const inside = events.filter(({ setup, bar }) => setup === kind && bar <= last && bar > last - bars)
    return inside.filter(({ side }) => wanted === undefined || side === wanted).length
  })
}

const isSum = (method: string): boolean => /^[-+*/()\s\d.e]+$/.test(method)

const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)) || (Number.isNaN(a) && Number.isNaN(b))
