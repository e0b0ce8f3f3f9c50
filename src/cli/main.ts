#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'

// The build writes down what the commands say of themselves: asking for help then costs no more than its words.
const words = new URL('./help.txt', import.meta.url)
const [asked, ...more] = process.argv.slice(2)

if ((asked === '--help' || asked === '-h') && more.length === 0 && existsSync(words)) {
  process.stdout.write(readFileSync(words))
} else {
  const { runProgram } = await import('./program.ts')
  await runProgram()
}
