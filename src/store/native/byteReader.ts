import { DeskError } from '../../core/errors.ts'

/** Walks over the bytes of an answer. Numbers are copied out, since the engine aligns nothing. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#take(1)[0] as number
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  text(): string {
    return this.#take(this.varint()).toString()
  }

  uint64(): number {
    return Number(this.#take(8).readBigUInt64LE())
  }

  /** `length` bytes in a buffer of their own. */
  copy(length: number): ArrayBuffer {
    const target = new ArrayBuffer(length)
    new Uint8Array(target).set(this.#take(length))
    return target
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new BrokenAnswerError(length, this.#bytes.length - this.#at)
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}

export class BrokenAnswerError extends DeskError {
  constructor(wanted: number, left: number) {
    super('STORE_ANSWER', `the store's answer ends early: ${wanted} bytes expected, ${left} left`)
  }
}
