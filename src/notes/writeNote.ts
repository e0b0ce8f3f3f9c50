import type { Input } from '../core/frame.ts'
import { drawContracts } from './contractFigures.ts'
import { framesOf } from './contractReading.ts'
import { factsOf } from './facts.ts'
import { headlineOf } from './headline.ts'
import { drawBitcoin, drawMacro } from './macroFigures.ts'
import type { Note, Section } from './note.ts'
import { drawMomentum, drawPrice, drawStrength } from './noteFigures.ts'
import type { Reading } from './reading.ts'
import { scenariosOf } from './scenarios.ts'
import { bitcoinSection } from './sections/bitcoinSection.ts'
import { candleSection } from './sections/candleSection.ts'
import { contractsSection } from './sections/contractsSection.ts'
import { macroSection } from './sections/macroSection.ts'
import { momentumSection } from './sections/momentumSection.ts'
import { priceSection } from './sections/priceSection.ts'
import { strengthSection } from './sections/strengthSection.ts'
import { structureSection } from './sections/structureSection.ts'
import { verdictOf } from './verdict.ts'

/**
 * The research note of an asset, written from what the reading holds and nothing else.
 * @param reading - the asset's candles as of T
 * @returns the note as data; `render/` turns it into HTML, Markdown and JSON
 */
export function writeNote(reading: Reading): Note {
  const verdict = verdictOf(reading)
  const sections: readonly Section[] = [
    ...macroSections(reading),
    ...contractSections(reading),
    priceSection(reading),
    { ...structureSection(reading), figures: [drawPrice(reading)] },
    candleSection(reading),
    { ...momentumSection(reading), figures: [drawMomentum(reading)] },
    { ...strengthSection(reading), figures: [drawStrength(reading)] },
  ]
  return {
    asset: reading.asset,
    asOf: reading.asOf,
    simulated: reading.simulated,
    headline: headlineOf(reading, verdict),
    facts: factsOf(reading),
    verdict,
    scenarios: scenariosOf(reading),
    sections,
    levels: reading.nearLevels,
    inputs: inputsOf(reading),
    missing: verdict.missing,
  }
}

function contractSections(reading: Reading): readonly Section[] {
  const { contracts } = reading
  const section = contracts === undefined ? undefined : contractsSection(reading, contracts)
  return contracts === undefined || section === undefined
    ? []
    : [{ ...section, figures: drawContracts(reading, contracts) }]
}

function macroSections(reading: Reading): readonly Section[] {
  const { macro } = reading
  if (macro === undefined) return []
  const bitcoin = bitcoinSection(reading, macro)
  return [
    { ...macroSection(reading, macro), figures: drawMacro(macro) },
    ...(bitcoin === undefined ? [] : [{ ...bitcoin, figures: drawBitcoin(macro) }]),
  ]
}

function inputsOf(reading: Reading): readonly Input[] {
  const { daily, fourHour, contracts, macro } = reading
  const frames = [
    daily.frame,
    ...(fourHour === undefined ? [] : [fourHour.frame]),
    ...(contracts === undefined ? [] : framesOf(contracts)),
    ...(macro === undefined ? [] : [macro.base.frame]),
  ]
  return [...new Set(frames.flatMap(({ inputs }) => inputs))]
}
