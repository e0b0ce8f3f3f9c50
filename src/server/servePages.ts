import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { DeskError } from '../core/errors.ts'

/** A page that is ready: what it is, and its text. */
export interface Page {
  readonly type: 'text/html' | 'application/json' | 'image/svg+xml'
  readonly body: string
}

export interface PageServer {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string
  close(): Promise<void>
}

/** Finished pages as they are at the moment of asking. */
export interface Pages {
  /** By their paths. */
  readonly ready: () => ReadonlyMap<string, Page>
  /** What is said while there are none. */
  readonly waiting: () => string
}

/** The application that answers with finished pages, and sends `/` to the first of them. */
function pagesApp(pages: Pages): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    context.header('x-content-type-options', 'nosniff')
  })
  app.get('/', (context) => {
    const [first] = pages.ready().keys()
    return first === undefined ? context.text(pages.waiting(), 503) : context.redirect(first)
  })
  app.get('*', (context) => {
    const ready = pages.ready()
    const page = ready.get(context.req.path)
    if (page === undefined && ready.size === 0) return context.text(pages.waiting(), 503)
    if (page === undefined) return context.text(`no such page; there are ${[...ready.keys()].join(', ')}\n`, 404)
    return context.body(page.body, 200, { 'content-type': `${page.type}; charset=utf-8` })
  })
  return app
}

/** Serves finished pages on the loopback address only. Port 0 takes a free one. */
export function servePages(pages: Pages, port: number): Promise<PageServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: pagesApp(pages).fetch, hostname: '127.0.0.1', port }, (info) =>
      resolve({
        address: `http://127.0.0.1:${info.port}/`,
        close: () => new Promise((done) => server.close(() => done())),
      }),
    )
    server.on('error', (cause: Error) => reject(new PortError(port, cause)))
  })
}

export class PortError extends DeskError {
  constructor(port: number, cause: Error) {
    super('PORT', `cannot listen on 127.0.0.1:${port}: ${cause.message}`, {
      hint: 'choose another with --port, or leave it out for a free one',
      cause,
    })
  }
}
