import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

interface Layer {
  readonly pure: boolean
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

/** The layers of walls.json that have a folder. */
export const layers: Readonly<Record<string, Layer>> = readLayers()
export const layerNames: readonly string[] = Object.keys(layers)

function readLayers(): Record<string, Layer> {
  const walls = JSON.parse(readFileSync(join(root, 'walls.json'), 'utf8')) as { readonly layers: Record<string, Layer> }
  return Object.fromEntries(Object.entries(walls.layers).filter(([name]) => existsSync(join(root, 'src', name))))
}

/** Every ordered pair of two different layers, and whether walls.json lets the first import the second. */
export const pairs = layerNames.flatMap((from) =>
  layerNames.filter((to) => to !== from).map((to) => ({ from, to, allowed: layers[from]!.imports.includes(to) })),
)

/** Layers that the compiler can see from a layer: project references carry their own references along. */
export function visibleFrom(layer: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const visit = (name: string): void => {
    for (const next of layers[name]?.imports ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      visit(next)
    }
  }
  visit(layer)
  return seen
}
