import { DeskError } from '../../core/errors.ts'
import type { InstantMs } from '../../core/instant.ts'
import { answerPolicy, hasOrders, policyJurisdictions, SUBJECTS } from '../../desk/policy.ts'
import { readOrders, type HeldOrders } from '../../desk/readOrders.ts'
import { heldStorePath, NoStoreError } from '../../desk/storePath.ts'
import { EXIT } from '../onError.ts'
import { asOfOption, choice, type SharedOptions } from '../options.ts'
import { renderPolicy } from '../print/policy.ts'
import { withDesk } from '../withDesk.ts'

interface Options extends SharedOptions {
  readonly jurisdiction?: string
  readonly subject?: string
}

/** `assayer policy` */
export async function command(options: Options): Promise<number> {
  const { jurisdiction, subject } = options
  const wish = {
    ...(jurisdiction === undefined
      ? {}
      : { jurisdiction: choice(jurisdiction.toUpperCase(), policyJurisdictions(), 'jurisdiction') }),
    ...(subject === undefined ? {} : { subject: choice(subject.toLowerCase(), SUBJECTS, 'subject') }),
  }
  const asOf = asOfOption(options)
  const held = hasOrders(wish) ? await heldOrders(options, asOf) : { is: 'none' as const }
  const answer = answerPolicy(asOf, wish, held.is === 'read' ? held.orders : undefined)
  const missing = [...answer.missing, ...(held.is === 'unread' ? [held.why] : [])]
  const said = { ...answer, missing }
  process.stdout.write(options.json === true ? `${JSON.stringify(said)}\n` : renderPolicy(said))
  if (options.json !== true) {
    const differing = (answer.differing ?? []).map((line) => `differing: ${line}\n`)
    process.stderr.write([...differing, ...missing.map((line) => `missing: ${line}\n`)].join(''))
  }
  return missing.length === 0 ? EXIT.done : EXIT.partly
}

/** Executive orders out of the store, none where there is no store. */
type Held =
  | { readonly is: 'read'; readonly orders: HeldOrders }
  | { readonly is: 'none' }
  | { readonly is: 'unread'; readonly why: string }

/** The files speak without a store: what is wrong with it costs the orders alone. */
async function heldOrders({ store }: Options, asOf: InstantMs): Promise<Held> {
  const place = placeOf(store)
  if ('is' in place) return place
  try {
    const orders = await withDesk(place.path, 'read', (desk) => readOrders(desk.store, asOf))
    return { is: 'read', orders }
  } catch (error) {
    return unread(error)
  }
}

/** Where the store is; that there is none matters only where one was named. */
function placeOf(store: string | undefined): Held | { readonly path: string } {
  try {
    return { path: heldStorePath(store) }
  } catch (error) {
    if (!(error instanceof NoStoreError)) throw error
    return store === undefined ? { is: 'none' } : unread(error)
  }
}

/** @throws the error, where it is none that the user can be told of */
function unread(error: unknown): Held {
  if (!(error instanceof DeskError)) throw error
  return { is: 'unread', why: `executive orders: ${error.message}` }
}
