import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** A server on this machine, and the way to end it with everything that is connected. */
export interface Loopback {
  readonly port: number
  readonly http: string
  readonly ws: string
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>
  close(): Promise<void>
}

/** An HTTP server that answers by `listener`. */
export const serveHttp = (listener: RequestListener): Promise<Loopback> => listening(createServer(listener))

/** A server that is handed bare connections. */
export const serveTcp = (onSocket: (socket: Socket) => void): Promise<Loopback> =>
  listening(createTcpServer({ allowHalfOpen: true }, onSocket))

/** Any server of Node, listening on a free port. */
export async function listening(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port, http: `http://127.0.0.1:${port}`, ws: `ws://127.0.0.1:${port}`, sockets, close }
}
