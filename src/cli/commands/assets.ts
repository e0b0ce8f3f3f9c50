import { answerAssets, type AssetsAnswer } from '../../desk/assets.ts'
import { explainAsset } from '../../desk/explainAsset.ts'
import { heldStorePath } from '../../desk/storePath.ts'
import { EXIT } from '../onError.ts'
import { asOfOption, type SharedOptions } from '../options.ts'
import { renderAsset } from '../print/asset.ts'
import { renderTable } from '../print/table.ts'
import { withDesk } from '../withDesk.ts'

interface Options extends SharedOptions {
  readonly asset: string | undefined
}

/** `assayer assets [ASSET]` */
export async function command({ asset, ...options }: Options): Promise<number> {
  const asOf = asOfOption(options)
  const path = heldStorePath(options.store)
  if (asset === undefined)
    return print(await withDesk(path, 'read', (desk) => answerAssets(desk, asOf)), renderList, options)
  return print(await withDesk(path, 'read', (desk) => explainAsset(desk, { name: asset, asOf })), renderAsset, options)
}

function print<T extends { readonly missing: readonly string[] }>(
  answer: T,
  render: (answer: T) => string,
  { json }: SharedOptions,
): number {
  process.stdout.write(json === true ? `${JSON.stringify(answer)}\n` : render(answer))
  if (json !== true) process.stderr.write(answer.missing.map((line) => `missing: ${line}\n`).join(''))
  return answer.missing.length > 0 ? EXIT.partly : EXIT.done
}

const COLUMNS = ['asset', 'venue', 'market', 'instrument', 'intervals', 'from', 'to', 'name'].map((heading) => ({
  heading,
  align: 'left' as const,
}))

function renderList({ asOf, assets }: AssetsAnswer): string {
  const rows = assets.flatMap(({ asset, name, instruments }) =>
    instruments.map(({ venue, market, instrument, simulated, series }) => [
      asset,
      simulated ? `SIMULATED ${venue}` : venue,
      market,
      instrument,
      series.map(({ interval }) => interval).join(' '),
      earliest(series.map(({ from }) => from)),
      latest(series.map(({ to }) => to)),
      name ?? '',
    ]),
  )
  if (rows.length === 0) return ''
  const counts = `${assets.length} ${assets.length === 1 ? 'asset' : 'assets'}, ${rows.length} ${rows.length === 1 ? 'instrument' : 'instruments'}`
  return `${counts}\n\n${renderTable(COLUMNS, rows)}\nas of: ${asOf}\n`
}

/** Times in ISO 8601 sort as text. */
const earliest = (times: readonly string[]): string => (times.toSorted()[0] ?? '').slice(0, 10)
const latest = (times: readonly string[]): string => (times.toSorted().at(-1) ?? '').slice(0, 10)
