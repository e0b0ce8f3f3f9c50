/** Where the first entry stands that is not before something, in a list in which all that are before it come first. */
export function firstIndex<T>(list: readonly T[], isBefore: (each: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}
