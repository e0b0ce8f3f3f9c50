/** A line on the terminal that shows how far a long job is; silent where stderr is no terminal. */
export interface Progress {
  readonly update: (done: number, total: number, rows: number) => void
  readonly clear: () => void
}

const REDRAW_MS = 100
const WIDTH = 24

/** Progress of one file: a bar, rows per second, time left. */
export function fileProgress(label: string): Progress {
  const { stderr } = process
  const started = performance.now()
  let drawn = -Infinity
  const update = (done: number, total: number, rows: number): void => {
    const now = performance.now()
    if (!stderr.isTTY || now - drawn < REDRAW_MS) return
    drawn = now
    stderr.write(`\r\u001b[K${label} ${progressLine({ done, total, rows, seconds: (now - started) / 1000 })}`)
  }
  const clear = (): void => {
    if (stderr.isTTY) stderr.write('\r\u001b[K')
  }
  return { update, clear }
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
