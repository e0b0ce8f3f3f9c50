import type { Input } from '../../core/frame.ts'
import { formatInstant } from '../../core/instant.ts'
import type { Claim } from '../claim.ts'
import type { LevelRow, Note, Section } from '../note.ts'
import { SIMULATED_NOTICE } from './simulatedNotice.ts'

/** A note as plain JSON data: instants in ISO 8601, gaps as null. */
export function noteJson(note: Note): object {
  const { verdict } = note
  const trigger = (which: 'confirm' | 'void') => {
    const found = verdict[which]
    return found === undefined ? null : { price: found.price, claim: claimJson(found.claim) }
  }
  return {
    asset: note.asset,
    asOf: formatInstant(note.asOf),
    simulated: note.simulated,
    ...(note.simulated ? { notice: SIMULATED_NOTICE } : {}),
    headline: claimJson(note.headline),
    facts: note.facts.map(({ label, short, claim }) => ({ label, short, claim: claimJson(claim) })),
    sections: note.sections.map(sectionJson),
    verdict: {
      question: verdict.question,
      stance: verdict.stance,
      horizonDays: verdict.horizonDays,
      groups: verdict.groups,
      summary: claimJson(verdict.summary),
      evidence: verdict.evidence.map(({ side, group, claim }) => ({ side, group, claim: claimJson(claim) })),
      missing: verdict.missing,
      confirm: trigger('confirm'),
      void: trigger('void'),
    },
    scenarios: note.scenarios.map(({ id, title, claim }) => ({ id, title, claim: claimJson(claim) })),
    levels: note.levels.map(levelJson),
    inputs: note.inputs.map(inputJson),
    missing: note.missing,
  }
}

function claimJson(claim: Claim): object {
  return {
    id: claim.id,
    text: claim.text,
    name: claim.name,
    value: jsonNumber(claim.value),
    unit: claim.unit,
    asOf: formatInstant(claim.asOf),
    method: claim.method,
    also: claim.also.map((figure) => ({ ...figure, value: jsonNumber(figure.value), at: formatInstant(figure.at) })),
    inputs: claim.inputs.map(inputJson),
    conventions: claim.conventions,
    addresses: claim.addresses,
    missing: claim.missing,
  }
}

function sectionJson(section: Section): object {
  return {
    id: section.id,
    title: section.title,
    finding: claimJson(section.finding),
    claims: section.claims.map(claimJson),
    figures: section.figures.map(({ id, alt, captions, csv }) => ({ id, alt, captions, csv })),
    missing: section.missing,
  }
}

const inputJson = (input: Input): object => ({ ...input, from: formatInstant(input.from), to: formatInstant(input.to) })

function levelJson({ price, kind, tests, lastTest, distancePct, distanceAtr, basis }: LevelRow): object {
  const tested = lastTest === undefined ? null : formatInstant(lastTest)
  return { price, kind, tests, lastTest: tested, distancePct, distanceAtr, basis }
}

const jsonNumber = (value: number): number | null => (Number.isFinite(value) ? value : null)
