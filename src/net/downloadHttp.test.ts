import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { serveHttp, type Loopback } from '../../test/support/loopback.ts'
import { downloadHttp, type Downloaded, type DownloadRequest } from './downloadHttp.ts'

const folder = mkdtempSync(join(tmpdir(), 'assayer-download-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'file')

type Fetched = Extract<Downloaded, { readonly is: 'fetched' }>

const open: Loopback[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

/** What fetching from a server that answers like this comes to. */
async function fetched(listener: RequestListener, request: Partial<DownloadRequest> = {}): Promise<unknown> {
  const server = await serveHttp(listener)
  open.push(server)
  const url = `${server.http}/a.zip`
  return downloadHttp({ url, path, hosts: [], maxBytes: 1_000_000, ...request }).then(
    (downloaded: Downloaded) => downloaded,
    (error: unknown) => error,
  )
}

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) % 251))
const sha256 = createHash('sha256').update(bytes).digest('hex')

describe('a file that is fetched', () => {
  it('lies there byte by byte, with its length, its hash and its tag', async () => {
    const progress: (readonly [number, number | undefined])[] = []
    const downloaded = await fetched(
      (_, response) => response.writeHead(200, { etag: '"7"', 'content-length': bytes.length }).end(bytes),
      { onProgress: (done, total) => void progress.push([done, total]) },
    )
    expect(downloaded).toMatchObject({ is: 'fetched', bytes: bytes.length, sha256 })
    expect((downloaded as Fetched).header('etag')).toBe('"7"')
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(progress.at(-1)).toEqual([bytes.length, bytes.length])
  })

  it('is asked for as it lies there, not packed for the way', async () => {
    const packed = gzipSync('1,2')
    const downloaded = await fetched((request, response) => {
      const wanted = request.headers['accept-encoding'] === 'identity'
      response.writeHead(200, wanted ? {} : { 'content-encoding': 'gzip' }).end(packed)
    })
    expect(downloaded).toMatchObject({ bytes: packed.length })
    expect(readFileSync(path).equals(packed)).toBe(true)
  })

  it('is not sent again where it still has its tag', async () => {
    const listener: RequestListener = (request, response) => {
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end()
      else response.writeHead(200, { etag: '"8"' }).end(bytes)
    }
    expect(await fetched(listener, { etag: '"7"' })).toEqual({ is: 'same' })
    const anew = await fetched(listener, { etag: '"6"' })
    expect((anew as Fetched).header('etag')).toBe('"8"')
  })
})

describe('a file that is not fetched', () => {
  it('has a connection that was cut in the middle', async () => {
    const error = await fetched((_, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 100_000), () => response.destroy())
    })
    expect(error).toMatchObject({ code: 'NO_ANSWER', retry: 'later' })
  })

  it('falls silent in the middle', async () => {
    const error = await fetched(
      (_, response) => {
        response.writeHead(200, { 'content-length': bytes.length })
        response.write(bytes.subarray(0, 1000))
      },
      { idleMs: 50 },
    )
    expect(error).toMatchObject({ code: 'NO_ANSWER', message: expect.stringContaining('no answer within 0.05 s') })
  })

  it.each([
    ['says so', { 'content-length': '300000' }],
    ['does not say so', {}],
  ])('is longer than allowed and %s', async (_, headers) => {
    const error = await fetched((__, response) => response.writeHead(200, headers).end(bytes), { maxBytes: 1000 })
    expect(error).toMatchObject({ code: 'ANSWER_TOO_LONG' })
  })

  it.each([
    [404, 'REQUEST_REFUSED'],
    [301, 'REQUEST_REFUSED'],
    [304, 'REQUEST_REFUSED'],
    [403, 'DENIED'],
    [429, 'RATE_LIMITED'],
    [503, 'SERVER_FAILED'],
  ])('is answered with status %i', async (status, code) => {
    rmSync(path, { force: true })
    const error = await fetched((_, response) => response.writeHead(status, { location: '/b.zip' }).end('no'))
    expect(error).toMatchObject({ code })
    expect(existsSync(path)).toBe(false)
  })

  it('lies on a host that is not to be asked', async () => {
    const url = 'https://elsewhere.example/a.zip'
    await expect(downloadHttp({ url, path, hosts: ['dumps.example'], maxBytes: 1 })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    })
  })

  it('has no place on the disk, which is not said of the server', async () => {
    const error = await fetched((_, response) => response.end(bytes), { path: join(folder, 'none', 'file') })
    expect(error).toMatchObject({ code: 'UNWRITABLE_FILE', retry: 'never' })
  })

  it('was not wanted any more', async () => {
    const stop = new AbortController()
    const error = await fetched(
      (_, response) => {
        response.writeHead(200)
        response.write(bytes.subarray(0, 1000), () => stop.abort(new Error('enough')))
      },
      { signal: stop.signal },
    )
    expect(error).toMatchObject({ message: 'enough' })
  })
})
