/**
 * The known words most like one that is not known, by edit distance (Levenshtein).
 * @param word - what was written
 * @param known - what could have been meant
 * @returns at most three, the most alike first, ties by the alphabet; none where more than half of the letters differ
 * @example nearest('rsy', ['ema', 'rsi', 'sma']) // ['rsi']
 */
export function nearest(word: string, known: Iterable<string>): readonly string[] {
  return [...known]
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(word.length, candidate.length) / 2)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/**
 * Levenshtein distance: the fewest letters to insert, leave out or replace that turn one word into the other.
 * @example editDistance('macd', 'mad') // 1
 */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
