/** A record, in as much as it is compared: what it is known by, and numbers that must be the same. */
export interface Item {
  readonly at: number
  readonly key: string
  readonly numbers?: Readonly<Record<string, number>>
}

/** How far a number may be off: relative to the truth, and beside that. */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

/** Whether what is stored is what is true, in all numbers that both have. */
export const isSame = (truth: Item, stored: Item | undefined, { relative, absolute }: Tolerance): boolean =>
  stored !== undefined &&
  Object.entries(truth.numbers ?? {}).every(([name, number]) => {
    const told = stored.numbers?.[name]
    return told !== undefined && Math.abs(told - number) <= relative * Math.abs(number) + absolute
  })
