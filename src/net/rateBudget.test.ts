import { array, assert, asyncProperty, integer, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RateBudget, type BudgetSpec } from './rateBudget.ts'

/** A clock that stands still but for what is waited. */
function made(spec: Partial<BudgetSpec> = {}) {
  let now = 0
  const waits: number[] = []
  const wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted()
    waits.push(ms)
    now += ms
  }
  const full = { limit: 100, windowMs: 1_000, usedHeader: 'used', ...spec }
  const budget = new RateBudget(full, () => now, wait)
  return { budget, waits, now: () => now, pass: (ms: number) => (now += ms) }
}

const header = (used: string) => (name: string) => (name === 'used' ? used : undefined)

describe('RateBudget', () => {
  it('lets a part through at once, and the rest as the bucket fills', async () => {
    const { budget, now } = made()
    const times: number[] = []
    for (let i = 0; i < 80; i++) {
      await budget.take(1)
      times.push(now())
    }
    expect(times[19]).toBe(0)
    // 80 of 100 are used: 20 at once, 60 in a second.
    expect(times[20]).toBeCloseTo(1_000 / 60)
    expect(times[79]).toBeCloseTo(1_000)
  })

  it('never spends more in a window than its share of the limit, whatever is asked', async () => {
    const asks = array(record({ weight: integer({ min: 1, max: 20 }), pauseMs: integer({ min: 0, max: 400 }) }), {
      minLength: 50,
      maxLength: 200,
    })
    await assert(
      asyncProperty(asks, async (each) => {
        const { budget, now, pass } = made()
        const spent: { at: number; weight: number }[] = []
        for (const { weight, pauseMs } of each) {
          if (pauseMs > 350) pass(pauseMs)
          await budget.take(weight)
          spent.push({ at: now(), weight })
        }
        for (const { at } of spent) {
          const inWindow = spent.filter((other) => other.at >= at && other.at < at + 1_000)
          expect(inWindow.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(80 + 1e-6)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('serves in the order in which it was asked', async () => {
    const { budget } = made()
    const served: string[] = []
    const ask = (name: string, weight: number) => budget.take(weight).then(() => served.push(name))
    await Promise.all([ask('dear', 20), ask('dear too', 20), ask('cheap', 1)])
    expect(served).toEqual(['dear', 'dear too', 'cheap'])
  })

  it('lets one through that is dearer than the bucket, and makes the next one pay', async () => {
    const { budget, now } = made()
    await budget.take(80)
    expect(now()).toBe(0)
    await budget.take(20)
    expect(now()).toBeCloseTo((80 / 60) * 1_000)
  })

  it('believes the venue where that counts more', async () => {
    const { budget, now } = made()
    budget.learn(header('79'))
    await budget.take(1)
    expect(now()).toBe(0)
    await budget.take(1)
    expect(now()).toBeCloseTo(1_000 / 60)
    budget.learn(header('95'))
    const before = now()
    await budget.take(1)
    expect(now() - before).toBeCloseTo((16 / 60) * 1_000)
  })

  it.each([undefined, '', 'many'])('learns nothing from the header %s', async (text) => {
    const { budget, now } = made()
    budget.learn(() => text)
    await budget.take(20)
    expect(now()).toBe(0)
  })

  it('learns nothing where the venue has no such header', async () => {
    const spec = { limit: 100, windowMs: 1_000 }
    const budget = new RateBudget(spec, () => 0)
    budget.learn(() => '100')
    await budget.take(20)
    expect(budget.state().used).toBe(0.2)
  })

  it('lets nothing through while it is blocked', async () => {
    const { budget, waits, now } = made()
    budget.block(30_000)
    budget.block(10_000)
    expect(budget.state().blockedMs).toBe(30_000)
    await budget.take(1)
    expect(now()).toBe(30_000)
    expect(waits).toEqual([30_000])
    expect(budget.state().blockedMs).toBe(0)
  })

  it('tells how much of the window that runs is used', async () => {
    const { budget, pass } = made()
    await budget.take(20)
    expect(budget.state().used).toBe(0.2)
    budget.learn(header('95'))
    expect(budget.state().used).toBe(0.95)
    pass(1_000)
    expect(budget.state().used).toBe(0)
  })

  it('rejects at once who no longer wants to wait, and spends nothing for them', async () => {
    const { budget } = made({ limit: 1, windowMs: 3_600_000 })
    const real = new RateBudget({ limit: 1, windowMs: 3_600_000 })
    const [first, second] = [new AbortController(), new AbortController()]
    await real.take(1)
    const waiting = real.take(1, first.signal)
    const behind = real.take(1, second.signal)
    second.abort(new Error('enough'))
    await expect(behind).rejects.toThrow('enough')
    first.abort(new Error('stop'))
    await expect(waiting).rejects.toThrow('stop')
    await expect(budget.take(1, AbortSignal.abort(new Error('never')))).rejects.toThrow('never')
    expect(budget.state().used).toBe(0)
  })
})
