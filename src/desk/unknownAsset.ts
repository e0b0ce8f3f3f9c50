import { instrumentEras } from '../conventions/assets/instrumentEras.ts'
import { editDistance } from '../core/nearest.ts'
import { readInstruments } from '../store/queries/readInstruments.ts'
import type { Desk } from './desk.ts'

/**
 * What to say of an asset that the store holds no series of: the asset whose instrument was named, those spelt like it, or all
 * that are held.
 * @returns the beginning of a sentence's end: `none imported; did you mean ETH?`
 */
export async function sayUnknownAsset(desk: Desk, asset: string): Promise<string> {
  const held = (await readInstruments(desk.store)).flatMap((each) =>
    instrumentEras(each).map((era) => ({ instrument: each.instrument, asset: era.asset })),
  )
  const assets = [...new Set(held.map((each) => each.asset))].toSorted()
  if (assets.length === 0) return 'none imported'
  if (assets.includes(asset)) return 'none that fits is held, only others of it'
  const plain = asset.replaceAll(/[-_/:]/g, '')
  const named = held.filter(({ instrument }) =>
    instrument
      .toUpperCase()
      .replaceAll(/[-_/:]/g, '')
      .startsWith(plain),
  )
  const alike =
    named.length > 0
      ? [...new Set(named.map((each) => each.asset))]
      : assets.filter((each) => editDistance(asset, each) === 1)
  if (alike.length > 0) return `none imported; did you mean ${alike.slice(0, 3).join(' or ')}?`
  return `none imported; held: ${assets.slice(0, SHOWN).join(', ')}${assets.length > SHOWN ? ` and ${assets.length - SHOWN} more` : ''}`
}

/** Assets named where none is like the one asked for. */
const SHOWN = 8
