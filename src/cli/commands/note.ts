import { DeskError } from '../../core/errors.ts'
import { answerNote } from '../../desk/note.ts'
import { NOTE_FORMATS, renderNote, type NoteFormat } from '../../desk/renderNote.ts'
import { writeNoteFiles } from '../../desk/writeNoteFiles.ts'
import { EXIT } from '../onError.ts'
import { asOfOption, type SharedOptions } from '../options.ts'
import { version } from '../version.ts'
import { withDesk } from '../withDesk.ts'
import { heldStorePath } from '../../desk/storePath.ts'

interface Options extends SharedOptions {
  readonly asset: string
  readonly format: string
  readonly out: string
  readonly venue?: string
  readonly market?: string
}

/** `assayer note ASSET` */
export async function command(options: Options): Promise<number> {
  const formats = parseFormats(options.format)
  const { asset, venue, market } = options
  const insist = { ...(venue === undefined ? {} : { venue }), ...(market === undefined ? {} : { market }) }
  const note = await withDesk(heldStorePath(options.store), 'read', (desk) =>
    answerNote(desk, { asset: asset.toUpperCase(), asOf: asOfOption(options), ...insist }),
  )
  if (options.json === true) {
    const json = await renderNote(note, ['json'], version)
    process.stdout.write(String([...json.values()][0]))
    return EXIT.done
  }
  const written = await writeNoteFiles(note, formats, options.out, version)
  process.stdout.write(
    `${note.simulated ? 'SIMULATED: ' : ''}${note.headline.text}\n${written.map((path) => `wrote ${path}\n`).join('')}`,
  )
  for (const line of note.missing) process.stderr.write(`missing: ${line}\n`)
  return EXIT.done
}

function parseFormats(text: string): readonly NoteFormat[] {
  const formats = text.split(',').map((format) => format.trim().toLowerCase())
  const unknown = formats.find((format) => !NOTE_FORMATS.some((known) => known === format))
  if (unknown !== undefined) throw new UnknownFormatError(unknown)
  return formats as NoteFormat[]
}

export class UnknownFormatError extends DeskError {
  constructor(format: string) {
    super('UNKNOWN_FORMAT', `"${format}" is not a format of notes`, { hint: `formats: ${NOTE_FORMATS.join(', ')}` })
  }
}
