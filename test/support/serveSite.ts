import { createHash } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { afterEach } from 'vitest'
import type { DumpAnswer } from '../../src/sim/servers/dumps/dumpSite.ts'
import { writeZip } from '../files/writeZip.ts'
import { serveHttp, type Loopback } from './loopback.ts'

/** What is served in place of a file: other bytes, a page, nothing, or whatever is done with the connection. */
export type Instead = Uint8Array | string | 'not there' | RequestListener

export interface ServedSite {
  readonly base: string
  /** Paths that were asked for, in order. */
  readonly asked: string[]
  /** Served in place of what the site has, by path. */
  readonly instead: Map<string, Instead>
}

const SIMULATED = { 'x-simulated': 'yes' }

/** Serves dump sites on loopback as they are, but for what is put in place of single files; they end with their test. */
export function servedSites(): (site: (path: string) => DumpAnswer) => Promise<ServedSite> {
  const open: Loopback[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
  })
  return async (site) => {
    const asked: string[] = []
    const instead = new Map<string, Instead>()
    const server = await serveHttp((request, response) => {
      const path = request.url?.slice(1) ?? ''
      asked.push(path)
      const other = instead.get(path)
      if (typeof other === 'function') return other(request, response)
      if (other === 'not there') return response.writeHead(404).end('<html>404</html>')
      if (other !== undefined) return response.writeHead(200, SIMULATED).end(other)
      const { status, body, headers } = site(`/${path}`)
      const has = headers['etag'] !== undefined && request.headers['if-none-match'] === headers['etag']
      if (has) response.writeHead(304, headers).end()
      else response.writeHead(status, { ...headers, 'content-length': body.length }).end(body)
    })
    open.push(server)
    return { base: server.http, asked, instead }
  }
}

/** Puts a zip with these lines and its checksum in place of a file. */
export function putZip({ instead }: ServedSite, path: string, lines: readonly string[]): void {
  const name = path.split('/').at(-1)!
  const zip = writeZip({ [name.replace('.zip', '.csv')]: `${lines.join('\n')}\n` })
  instead.set(path, zip)
  instead.set(`${path}.CHECKSUM`, checksumOf(zip, name))
}

export const checksumOf = (bytes: Uint8Array, name: string): string =>
  `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`

/** Sends the first half of a file and cuts the connection. */
export const cutInHalf =
  (body: Uint8Array): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-length': body.length })
    response.write(body.subarray(0, body.length >> 1), () => response.destroy())
  }
