import { formatInstant } from '../core/instant.ts'
import type { Note } from '../notes/note.ts'
import { renderHtml } from '../notes/render/html.ts'
import { noteJson } from '../notes/render/json.ts'
import { renderMarkdown } from '../notes/render/markdown.ts'
import { printPdf } from '../sinks/pdf/printPdf.ts'

export const NOTE_FORMATS = ['html', 'md', 'json', 'pdf'] as const
export type NoteFormat = (typeof NOTE_FORMATS)[number]

/** File name of a note without its ending: `eth-2025-04-23-1600`, and `-simulated` where it is. */
function noteStem(note: Note): string {
  const [day = '', clock = ''] = formatInstant(note.asOf).split('T')
  const simulated = note.simulated ? '-simulated' : ''
  return `${note.asset.toLowerCase()}-${day}-${clock.slice(0, 5).replace(':', '')}${simulated}`
}

/** A note in the formats asked for, by file name. */
export async function renderNote(
  note: Note,
  formats: readonly NoteFormat[],
  version: string,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const stem = noteStem(note)
  const files = new Map<string, string | Uint8Array>()
  for (const format of formats) {
    switch (format) {
      case 'html':
        files.set(`${stem}.html`, renderHtml(note, version))
        break
      case 'md': {
        const markdown = renderMarkdown(note, version, stem)
        files.set(`${stem}.md`, markdown.text)
        for (const [name, svg] of markdown.files) files.set(name, svg)
        break
      }
      case 'json':
        files.set(`${stem}.json`, `${JSON.stringify(noteJson(note), null, 2)}\n`)
        break
      case 'pdf':
        files.set(`${stem}.pdf`, await printPdf(renderHtml(note, version)))
    }
  }
  return files
}
