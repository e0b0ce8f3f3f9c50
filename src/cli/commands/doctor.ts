import { instant } from '../../core/instant.ts'
import { examine } from '../../desk/doctor/examine.ts'
import { simulatedNow } from '../../desk/jobs/collect/addressBook.ts'
import { EXIT } from '../onError.ts'
import type { SharedOptions } from '../options.ts'
import { renderDiagnosis } from '../print/diagnosis.ts'
import { addressesOption, venuesOption } from '../sourceOptions.ts'

interface Options extends SharedOptions {
  readonly venues?: string
  readonly addresses?: string
}

/** `assayer doctor` */
export async function command(options: Options): Promise<number> {
  const book = await addressesOption(options.addresses)
  const diagnosis = await examine({
    ...(options.venues === undefined ? {} : { venues: venuesOption(options.venues) }),
    now: book === undefined ? instant(Date.now()) : simulatedNow(book.clock, Date.now()),
    ...(book === undefined ? {} : { book }),
    ...(options.store === undefined ? {} : { store: options.store }),
  })
  process.stdout.write(options.json === true ? `${JSON.stringify(diagnosis)}\n` : renderDiagnosis(diagnosis))
  return diagnosis.missing.length === 0 ? EXIT.done : EXIT.partly
}
