// The raw files as lines, without a line of the project's own reading: what the cut store is fed rests on this alone.
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Rows of some instruments in order of time, each with when its bar closes, ms. */
export function readRawRows(path, intervalMs, instruments) {
  const [header, ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')
  const wanted = new Set(instruments)
  const rows = lines
    .filter((line) => wanted.has(line.split(',')[1]))
    .map((line) => ({ line, instrument: line.split(',')[1], closesAt: openOf(line) + intervalMs }))
    .sort((a, b) => a.closesAt - b.closesAt)
  return { header, rows }
}

export function writeRows(path, header, rows) {
  writeFileSync(path, `${[header, ...rows.map(({ line }) => line)].join('\n')}\n`)
}

function openOf(line) {
  const [, year, month, day, hour = '0', minute = '0'] = /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+))?/.exec(line)
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
}
