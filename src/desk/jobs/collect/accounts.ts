import type { InstantMs } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { position } from '../../../records/position.ts'
import type { AskedAccount, MappedRow, Trader } from '../../../sources/source.ts'

/** Accounts remembered at most; the least are forgotten first. */
const MOST = 20_000
/** An account without positions is asked again after this. */
const FLAT_AGAIN_MS = 3_600_000

interface Known {
  readonly address: string
  /** Value of its positions when last asked, or of what it was seen to trade. */
  value: number
  askedAt: number
  held: readonly Instrument[]
}

/** Whose positions to ask for next: the largest that were not asked for the longest. */
export class Accounts {
  readonly #known = new Map<string, Known>()

  get count(): number {
    return this.#known.size
  }

  /** An account was seen trading. */
  see({ address, quoteValue }: Trader): void {
    const known = this.#known.get(address)
    if (known === undefined) {
      if (this.#known.size >= MOST) this.#forget()
      this.#known.set(address, { address, value: quoteValue, askedAt: -Infinity, held: [] })
    } else if (known.held.length === 0) known.value = Math.max(known.value, quoteValue)
  }

  /** The account to ask now; undefined where none is due. */
  next(now: InstantMs): AskedAccount | undefined {
    let best: Known | undefined
    let most = 0
    for (const known of this.#known.values()) {
      const waited = now - known.askedAt
      if (known.held.length === 0 && waited < FLAT_AGAIN_MS && known.askedAt !== -Infinity) continue
      const urgency = known.askedAt === -Infinity ? Infinity : known.value * waited
      if (best === undefined || urgency > most || (urgency === most && known.value > best.value)) {
        best = known
        most = urgency
      }
    }
    return best
  }

  /** What an account was found to hold. */
  asked(address: string, rows: readonly MappedRow[], { now, find }: Found): void {
    const known = this.#known.get(address)
    if (known === undefined) return
    known.askedAt = now
    const open = rows.filter(({ record, row }) => record.name === position.name && Number(row['coins']) !== 0)
    known.held = open.flatMap(({ row }) => find(String(row['instrument'])) ?? [])
    known.value = open.reduce(
      (sum, { row }) => sum + Math.abs(Number(row['coins']) * Number(row['entryPrice'] ?? 0)),
      0,
    )
  }

  #forget(): void {
    const least = [...this.#known.values()].toSorted((a, b) => a.value - b.value).slice(0, MOST / 10)
    for (const { address } of least) this.#known.delete(address)
  }
}

interface Found {
  readonly now: InstantMs
  readonly find: (instrument: string) => Instrument | undefined
}
