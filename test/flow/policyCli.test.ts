import { beforeAll, describe, expect, it } from 'vitest'
import { buildCli, runCli } from '../support/cli.ts'

beforeAll(() => buildCli(), 120_000)

describe('assayer policy', () => {
  it('tells what stood where on a day, with a source for each', async () => {
    const { code, stdout } = await runCli(['policy', '--as-of', '2025-04-23', '--json'])
    expect(code).toBe(0)
    const { standing } = JSON.parse(stdout) as {
      standing: { matter: { id: string }; now: { stage: string; on: string; source: string } }[]
    }
    const of = (id: string) => standing.find(({ matter }) => matter.id === id)?.now
    expect(of('us-genius-act')).toMatchObject({ stage: 'committee', on: '2025-03-13' })
    expect(of('us-strategic-bitcoin-reserve')).toMatchObject({ stage: 'signed', on: '2025-03-06' })
    expect(of('us-sec-chair-atkins')).toMatchObject({ stage: 'sworn in', on: '2025-04-21' })
    expect(standing.filter(({ now }) => now.on > '2025-04-23')).toEqual([])
    expect(standing.every(({ now }) => now.source.startsWith('http'))).toBe(true)
  })

  it('prints it for reading, of one jurisdiction and subject', async () => {
    const { code, stdout } = await runCli([
      'policy',
      '--jurisdiction',
      'us',
      '--subject',
      'reserves',
      '--as-of',
      '2025-04-23',
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^US, as of 2025-04-24T00:00:00Z/)
    expect(stdout).toContain('SIGNED')
    expect(stdout).not.toContain('EU, as of')
  })

  it('says so where nothing is on file so early, and names what can be asked for', async () => {
    const early = await runCli(['policy', '--subject', 'stablecoins', '--as-of', '2009-01-03'])
    expect(early.code).toBe(3)
    expect(early.stderr).toContain('missing: policy events of stablecoins')
    const wrong = await runCli(['policy', '--subject', 'memes'])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('stablecoins')
  })
})
