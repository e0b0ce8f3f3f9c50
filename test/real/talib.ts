import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'

/** The part of talib-web's WASM module that is called directly. */
interface TalibModule {
  readonly HEAPF64: Float64Array
  readonly HEAP32: Int32Array
  readonly ccall: (name: string, result: 'number', types: readonly 'number'[], args: readonly number[]) => number
}

/** One call of TA-Lib: the function, its input columns, its options in TA-Lib's order, and how many columns it gives. */
export interface TalibCall {
  readonly name: string
  readonly inputs: readonly Float64Array[]
  readonly options?: readonly number[]
  readonly outputs?: number
}

export interface Talib {
  /** Columns of real numbers, NaN before the first defined value. */
  readonly real: (call: TalibCall) => readonly Float64Array[]
  /** A column of whole numbers (the candlestick patterns), 0 before the first defined value. */
  readonly whole: (call: TalibCall) => Int32Array
}

/**
 * Opens TA-Lib's WASM build. Its own wrapper reads one element past the columns, gives whole numbers as doubles and does not shift
 * outputs by the look-back, so the C functions are called directly on memory of our own.
 */
export async function openTalib(): Promise<Talib> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('talib-web')
  const talib = require(entry) as { init: (wasm: string) => Promise<TalibModule> }
  const realFetch = globalThis.fetch
  // With fetch in sight the build takes itself for a browser and cannot open the file.
  Reflect.set(globalThis, 'fetch', undefined)
  try {
    const module = await talib.init(join(dirname(entry), 'talib.wasm'))
    restoreCandleSettings(module)
    return {
      real: (call) => {
        const { begin, columns } = run(module, call)
        return columns.map((column) => shifted(column, begin, new Float64Array(column.length).fill(NaN)))
      },
      whole: (call) => {
        const { begin, columns, length } = run(module, { ...call, outputs: 1 })
        const whole = new Int32Array(columns[0]!.buffer).subarray(0, length)
        return shifted(whole, begin, new Int32Array(length))
      },
    }
  } finally {
    Reflect.set(globalThis, 'fetch', realFetch)
  }
}

const REAL_BODY = 0
const HIGH_LOW = 1
const SHADOWS = 2

/** TA-Lib's documented candle settings (TA_RestoreCandleDefaultSettings), in its order: what is measured, over how many bars, factor. */
const CANDLE_SETTINGS = [
  { name: 'BodyLong', range: REAL_BODY, period: 10, factor: 1 },
  { name: 'BodyVeryLong', range: REAL_BODY, period: 10, factor: 3 },
  { name: 'BodyShort', range: REAL_BODY, period: 10, factor: 1 },
  { name: 'BodyDoji', range: HIGH_LOW, period: 10, factor: 0.1 },
  { name: 'ShadowLong', range: REAL_BODY, period: 0, factor: 1 },
  { name: 'ShadowVeryLong', range: REAL_BODY, period: 0, factor: 2 },
  { name: 'ShadowShort', range: SHADOWS, period: 10, factor: 1 },
  { name: 'ShadowVeryShort', range: HIGH_LOW, period: 10, factor: 0.1 },
  { name: 'Near', range: HIGH_LOW, period: 5, factor: 0.2 },
  { name: 'Far', range: HIGH_LOW, period: 5, factor: 0.6 },
  { name: 'Equal', range: HIGH_LOW, period: 5, factor: 0.05 },
] as const

/** Bytes of one setting in C: its type, range and period as int, padding, factor as double. */
const SETTING_BYTES = 24
const PERIOD_OFFSET = 8
const FACTOR_OFFSET = 16
const DOJI_INDEX = 3
const STATIC_BYTES = 65_536

/**
 * The build exports no TA_Initialize, so that every candle setting is 0 and all patterns but engulfing compare with nothing. The settings
 * are found in its memory, by which word moves the look-back of CDLDOJI, and set to TA-Lib's defaults.
 */
function restoreCandleSettings(module: TalibModule): void {
  const periodsOfDoji = wordsThatAreThePeriodOfDoji(module)
  if (periodsOfDoji.length !== 1) throw new Error(`the candle settings lie at ${periodsOfDoji.length} places, not one`)
  const start = periodsOfDoji[0]! - PERIOD_OFFSET - DOJI_INDEX * SETTING_BYTES
  for (const [index, { range, period, factor }] of CANDLE_SETTINGS.entries()) {
    const at = start + index * SETTING_BYTES
    module.HEAP32.set([index, range, period], at / 4)
    module.HEAPF64[(at + FACTOR_OFFSET) / 8] = factor
  }
}

function wordsThatAreThePeriodOfDoji(module: TalibModule): number[] {
  const found: number[] = []
  const bars = 16
  const column = malloc(module, bars)
  const begin = malloc(module, 1)
  const count = malloc(module, 1)
  const out = malloc(module, bars)
  const args = [0, bars - 1, column, column, column, column, begin, count, out]
  const types = args.map(() => 'number' as const)
  // Nothing is allocated while a word is changed: it may belong to the allocator.
  for (let byte = 1024; byte < STATIC_BYTES; byte += 4) {
    if (module.HEAP32[byte / 4] !== 0) continue
    module.HEAP32[byte / 4] = 7
    module.ccall('TA_CDLDOJI', 'number', types, args)
    module.HEAP32[byte / 4] = 0
    if (module.HEAP32[begin / 4] === 7) found.push(byte)
  }
  for (const pointer of [column, begin, count, out]) free(module, pointer)
  return found
}

const malloc = (module: TalibModule, values: number): number =>
  module.ccall('malloc', 'number', ['number'], [values * 8])
const free = (module: TalibModule, pointer: number): number => module.ccall('free', 'number', ['number'], [pointer])

interface Result {
  /** Index of the first defined value, or the length where there is none. */
  readonly begin: number
  readonly length: number
  readonly columns: readonly Float64Array<ArrayBuffer>[]
}

function run(module: TalibModule, { name, inputs, options = [], outputs = 1 }: TalibCall): Result {
  const length = inputs[0]!.length
  const allocated: number[] = []
  const allocate = (values: number): number => {
    const pointer = malloc(module, values)
    allocated.push(pointer)
    return pointer
  }
  const given = inputs.map((column) => {
    const pointer = allocate(length)
    module.HEAPF64.set(column, pointer / 8)
    return pointer
  })
  const range = [allocate(1), allocate(1)] as const
  const taken = Array.from({ length: outputs }, () => allocate(length))
  const args = [0, length - 1, ...given, ...options, ...range, ...taken]
  const code = module.ccall(
    `TA_${name}`,
    'number',
    args.map(() => 'number'),
    args,
  )
  if (code !== 0) throw new Error(`TA_${name} gives ${code}`)
  const count = module.HEAP32[range[1] / 4]!
  const begin = count === 0 ? length : module.HEAP32[range[0] / 4]!
  const columns = taken.map(
    (pointer) => module.HEAPF64.slice(pointer / 8, pointer / 8 + length) as Float64Array<ArrayBuffer>,
  )
  for (const pointer of allocated) free(module, pointer)
  return { begin, length, columns }
}

function shifted<T extends Float64Array | Int32Array>(values: T, by: number, into: T): T {
  into.set(values.subarray(0, into.length - by), by)
  return into
}
