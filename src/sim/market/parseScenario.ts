import { DeskError } from '../../core/errors.ts'
import { scenarioSchema, type Scenario } from '../../records/scenario.ts'
import { checkScenario, type Disagreement } from './checkScenario.ts'

/**
 * Reads a scenario and proves that a market can follow it: the shape first, then whether its facts agree with the days,
 * with each other and with the bounds.
 * @param raw - what the file holds, parsed as JSON
 * @param file - its path, for messages
 * @throws {BadScenarioError} the first thing wrong, with file, place, asset and day, field and value
 * @example parseScenario({}, 'a.json') // throws: a.json: title "undefined": Invalid input: …
 */
export function parseScenario(raw: unknown, file: string): Scenario {
  const parsed = scenarioSchema.safeParse(raw)
  const issue = parsed.error?.issues[0]
  if (issue !== undefined) {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part))
    throw new BadScenarioError(file, raw, { path, problem: issue.message })
  }
  const scenario = scenarioSchema.parse(raw)
  for (const disagreement of checkScenario(scenario)) throw new BadScenarioError(file, raw, disagreement)
  return scenario
}

export class BadScenarioError extends DeskError {
  constructor(file: string, raw: unknown, { path, problem }: Disagreement) {
    const values = path.reduce<readonly unknown[]>((seen, part) => [...seen, child(seen.at(-1), part)], [raw])
    const [list, index, ...rest] = path
    const place = typeof index === 'number' ? `${list}[${index}]${about(values[2])} ${rest.join('.')}` : path.join('.')
    super('BAD_SCENARIO', `${file}: ${place.trim()} ${shown(values.at(-1))}: ${problem}`, {
      hint: 'a scenario holds title, seed, from, to, assets, facts and bounds; facts are exact prices of UTC days',
    })
  }
}

const child = (value: unknown, part: string | number): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined

/** Which asset and day an entry speaks of, as far as it says so. */
function about(entry: unknown): string {
  const words = [child(entry, 'asset'), child(entry, 'on') ?? child(entry, 'from')]
  const known = words.filter((word) => typeof word === 'string')
  return known.length === 0 ? '' : ` (${known.join(' ')})`
}

const shown = (value: unknown): string => `"${typeof value === 'object' ? JSON.stringify(value) : String(value)}"`
