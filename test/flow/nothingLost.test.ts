import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { runChaos } from '../support/chaos.ts'
import { scratchFolder } from '../support/cli.ts'
import { compareTruth, type LaneResult } from '../support/compareTruth.ts'
import { simulated } from '../support/simulated.ts'

const minutes = Number(process.env['ASSAYER_CHAOS_MINUTES'] ?? 2)
const plan =
  minutes >= 10
    ? { minutes, kills: 20, outages: 10, outageSeconds: 30, seed: 'whole' }
    : { minutes, kills: 4, outages: 2, outageSeconds: 8, seed: 'short' }

it(
  `loses nothing in ${minutes} minutes of kills and outages, or says where`,
  async () => {
    const venues = await simulated({ assets: 20, rate: 2, seed: 'chaos', minutesBefore: 1 })
    const folder = scratchFolder()
    const { frozenAt, outages, log } = await runChaos(venues, folder, plan)
    console.log(log.slice(0, 6000))
    const store = await openStore(join(folder, 'store'))
    const results = await compareTruth(store, venues, frozenAt)
    await store.close()
    const lanes = new Map<string, LaneResult[]>()
    for (const each of results) {
      const name = `${each.venue} ${each.market} ${each.lane}`
      lanes.set(name, [...(lanes.get(name) ?? []), each])
    }
    for (const [name, each] of lanes) {
      const sum = (f: (r: (typeof each)[number]) => number): number => each.reduce((total, r) => total + f(r), 0)
      console.log(
        name,
        `instruments ${each.length} truth ${sum((r) => r.truth)} stored ${sum((r) => r.stored)}`,
        `missing ${sum((r) => r.missing.length)} outside gaps ${sum((r) => r.missing.filter((m) => !m.inGap).length)}`,
        `invented ${sum((r) => r.invented)} gaps ${sum((r) => r.gaps.length)}`,
      )
    }
    console.log(outages.map((o) => `${o.venue} ${o.why} ${((o.to - o.from) / 1000).toFixed(1)}s`).join(', '))
    expect(results.length).toBeGreaterThan(0)
  },
  minutes * 60_000 + 480_000,
)
