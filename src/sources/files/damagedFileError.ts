import { DeskError } from '../../core/errors.ts'

/** Thrown where a file's bytes are not what its format promises: cut short, corrupt, or no text at all. */
export class DamagedFileError extends DeskError {
  constructor(label: string, what: string, options: { hint?: string; cause?: unknown } = {}) {
    super('DAMAGED_FILE', `"${label}" ${what}`, {
      hint: options.hint ?? 'download or copy it again; nothing of it was kept',
      cause: options.cause,
    })
  }
}
