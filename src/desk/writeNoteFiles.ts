import type { Note } from '../notes/note.ts'
import { writeFiles } from '../sinks/writeFiles.ts'
import { renderNote, type NoteFormat } from './renderNote.ts'

export { writeFiles } from '../sinks/writeFiles.ts'

/** Writes a note into a folder in the formats asked for. */
export async function writeNoteFiles(
  note: Note,
  formats: readonly NoteFormat[],
  folder: string,
  version: string,
): Promise<readonly string[]> {
  return writeFiles(folder, await renderNote(note, formats, version))
}
