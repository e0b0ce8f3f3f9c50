import { askHttp } from '../../net/httpAnswer.ts'
import type { RetryOptions } from '../../net/retry.ts'
import { statusError } from '../../net/statusError.ts'
import { askPatiently } from './askPatiently.ts'
import { readChecksum } from './readChecksum.ts'

const MAX_BYTES = 4096

/**
 * The hash that lies beside a file of a dump; undefined where there is none.
 * @param url - address of the file
 * @param name - of the file
 * @throws {UnreadableChecksumError} what lies there is no hash
 * @throws what `askHttp` throws, and `askPatiently`
 */
export async function fetchChecksum(url: string, name: string, retry: RetryOptions): Promise<string | undefined> {
  const address = `${url}.CHECKSUM`
  const { signal } = retry
  const request = { url: address, hosts: [new URL(url).hostname], maxBytes: MAX_BYTES }
  const text = await askPatiently(retry, async () => {
    const { status, header, body } = await askHttp({ ...request, ...(signal === undefined ? {} : { signal }) })
    const said = new TextDecoder().decode(body)
    const refusal = statusError(address, { status, header, text: said })
    if (refusal !== undefined) throw refusal
    return said
  })
  return text === undefined ? undefined : readChecksum(text, address, name)
}
