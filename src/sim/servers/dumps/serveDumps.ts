import { createServer, type ServerResponse } from 'node:http'
import type { DumpAnswer } from './dumpSite.ts'

/** A dump site that runs on loopback. */
export interface DumpServer {
  readonly port: number
  close(): Promise<void>
}

/** Serves a dump site. Port 0 takes a free one. */
export async function serveDumps(site: (path: string) => DumpAnswer, port = 0): Promise<DumpServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    send(response, site(pathname), request.headers['if-none-match'])
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A client that has the state of a file by its tag is not sent it again. */
function send(response: ServerResponse, { status, body, headers }: DumpAnswer, tag: string | undefined): void {
  const has = tag !== undefined && tag === headers['etag']
  if (has) response.writeHead(304, headers).end()
  else response.writeHead(status, { ...headers, 'content-length': String(body.length) }).end(body)
}
