/** A line on the terminal that shows how far a long job is; silent where stderr is no terminal. */
export interface Progress {
  readonly update: (done: number, total: number, rows: number) => void
  /** Bytes that have come of a file, and of how many where that is known. */
  readonly fetched: (bytes: number, total: number | undefined) => void
  readonly clear: () => void
}

const REDRAW_MS = 100
const WIDTH = 24

/** Progress of one file: a bar, rows or bytes per second, time left. */
export function fileProgress(label: string): Progress {
  const { stderr } = process
  const started = performance.now()
  let drawn = -Infinity
  const draw = (line: (seconds: number) => string): void => {
    const now = performance.now()
    if (!stderr.isTTY || now - drawn < REDRAW_MS) return
    drawn = now
    stderr.write(`\r\u001b[K${label} ${line((now - started) / 1000)}`)
  }
  return {
    update: (done, total, rows) => draw((seconds) => progressLine({ done, total, rows, seconds })),
    fetched: (bytes, total) => draw((seconds) => fetchedLine({ bytes, total, seconds })),
    clear: () => {
      if (stderr.isTTY) stderr.write('\r\u001b[K')
    },
  }
}

/** `fetching 12.5 of 40.1 MB  3.2 MB/s`. */
function fetchedLine({ bytes, total, seconds }: { bytes: number; total: number | undefined; seconds: number }): string {
  const megabytes = (count: number): string => (count / 1e6).toFixed(1)
  const whole = total === undefined ? '' : ` of ${megabytes(total)}`
  return `fetching ${megabytes(bytes)}${whole} MB  ${megabytes(bytes / Math.max(seconds, 0.001))} MB/s`
}

/** The line itself: `[######------] 52 %  112,000 rows/s  3 s left`. */
function progressLine(state: {
  readonly done: number
  readonly total: number
  readonly rows: number
  readonly seconds: number
}): string {
  const share = state.total === 0 ? 1 : Math.min(1, state.done / state.total)
  const filled = Math.round(share * WIDTH)
  const rate = Math.round(state.rows / Math.max(state.seconds, 0.001))
  const left = share === 0 ? '' : `  ${Math.ceil((state.seconds / share) * (1 - share))} s left`
  const ending = share < 1 ? left : '  storing'
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${Math.round(share * 100)} %  ${rate.toLocaleString('en')} rows/s${ending}`
}
