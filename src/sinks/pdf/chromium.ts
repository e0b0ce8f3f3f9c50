import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/homebrew/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium that is installed: `$ASSAYER_CHROMIUM`, else where systems put it; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['ASSAYER_CHROMIUM']
  return named === undefined ? PLACES.find((path) => existsSync(path)) : named
}

/** Flags for a browser that draws local pages and nothing else. */
export const CHROMIUM_FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
