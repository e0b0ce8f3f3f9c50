import type { InstantMs } from '../core/instant.ts'
import type { Desk } from './desk.ts'
import { answerNote, MissingDataError } from './note.ts'
import { renderNote } from './renderNote.ts'

/** A note that is ready to be shown or kept: its headline, and its page and its JSON by file name. */
export interface Published {
  readonly headline: string
  readonly html: string
  readonly json: string
  readonly files: ReadonlyMap<string, string | Uint8Array>
}

/** What came of an asset: its note, or what is missing for one. */
export type Publication =
  | { readonly asset: string; readonly note: Published }
  | {
      readonly asset: string
      readonly missing: string
      /** The same without what would bring it. */
      readonly lacks: string
    }

/** Writes the notes of some assets as of T, to be shown. */
export async function publishNotes(
  desk: Desk,
  { assets, asOf, version }: { readonly assets: readonly string[]; readonly asOf: InstantMs; readonly version: string },
): Promise<readonly Publication[]> {
  const published: Publication[] = []
  for (const asset of assets) published.push(await publish(desk, { asset, asOf, version }))
  return published
}

async function publish(
  desk: Desk,
  { asset, asOf, version }: { readonly asset: string; readonly asOf: InstantMs; readonly version: string },
): Promise<Publication> {
  try {
    const note = await answerNote(desk, { asset, asOf })
    const files = await renderNote(note, ['html', 'json'], version)
    const [html = '', json = ''] = [...files.values()].map(String)
    return { asset, note: { headline: note.headline.text, html, json, files } }
  } catch (error) {
    if (error instanceof MissingDataError) return { asset, missing: error.message, lacks: sayLacks(error) }
    throw error
  }
}

const sayLacks = ({ missing }: MissingDataError): string =>
  missing.map((line) => line.replace(/: assayer .*$/, '')).join('; ')
