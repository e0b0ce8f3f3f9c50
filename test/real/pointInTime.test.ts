import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dataFile, describeWithData } from './data.ts'
import { MUTANTS, plantMutant } from './pointInTime/mutants.ts'

const SEED = 20250423
const MOMENTS = 300
/** One for each asset. */
const MOMENTS_PER_MUTANT = 12

interface Difference {
  readonly asset: string
  readonly asOf: string
  readonly name: string
}

/** Notes and events of a store, and the milliseconds they and the imports took. */
type Tally = Readonly<Record<'notes' | 'events' | 'noteMs' | 'eventMs' | 'importMs', number>>

interface Comparison {
  readonly tallies: Readonly<Record<'whole' | 'cut', Tally>>
  readonly differences: readonly Difference[]
  readonly examples: readonly (Difference & { readonly at: number; readonly whole: string; readonly cut: string })[]
}

const root = join(import.meta.dirname, '../..')

describeWithData('a store that holds everything, as of T, against one that holds what had closed by T', () => {
  let folder: string
  /** Runs beside the mutants. */
  let asBuilt: Promise<Comparison> | undefined
  const stop = new AbortController()

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'point-in-time-'))
    // Children run what is built, since Node 20 reads no TypeScript.
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'src/desk'], { cwd: root })
    asBuilt = compare(join(root, 'dist'), 'as built', MOMENTS)
    asBuilt.catch(() => undefined)
  })
  afterAll(async () => {
    stop.abort()
    await asBuilt?.catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  })

  async function compare(dist: string, name: string, moments: number): Promise<Comparison> {
    const script = join(import.meta.dirname, 'pointInTime/compareStores.mjs')
    const market = dirname(dataFile('market/binance_spot_1d_2017_2026.csv.gz')!)
    const stores = join(folder, name, 'stores')
    mkdirSync(stores, { recursive: true })
    const args = [script, dist, stores, market, String(SEED), String(moments)]
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28, signal: stop.signal })
    const comparison = JSON.parse(stdout) as Comparison
    const { tallies, differences, examples } = comparison
    console.log(`${name}: seed ${SEED}, ${moments} instants, ${differences.length} answers differ`, tallies)
    if (examples[0] !== undefined) console.log(examples[0])
    return comparison
  }

  it.each(MUTANTS)('fails for $name', { timeout: 600_000 }, async (mutant) => {
    const { differences } = await compare(
      plantMutant(mutant, join(folder, mutant.name)),
      mutant.name,
      MOMENTS_PER_MUTANT,
    )
    const kinds = new Set(differences.map(({ name }) => name.split(' ')[0]!))
    expect([...kinds].toSorted()).toEqual(mutant.shows)
  })

  it('gives the same note and events, byte for byte, at 300 random instants', { timeout: 1_200_000 }, async () => {
    const { tallies, differences, examples } = (await asBuilt)!
    expect({ differences, examples }).toEqual({ differences: [], examples: [] })
    // Nothing differs where nothing is said.
    expect(tallies.cut.notes).toBeGreaterThan(0.9 * MOMENTS)
    expect(tallies.cut.events).toBeGreaterThan(1000 * MOMENTS)
  })
})
