const MINUTE = 60_000
const FOUR_HOURS = 240 * MINUTE
const DAY = 1440 * MINUTE

/**
 * Random instants, each with an asset. Three of five fall on the months that hold four-hour candles of every asset, the others
 * anywhere in the asset's own history. Most fall inside a bar, some on the very close of one and some a millisecond before.
 */
export function drawMoments({ seed, count, assets, busy }) {
  const random = mulberry32(seed)
  return Array.from({ length: count }, (_, i) => {
    const { asset, from, to } = assets[i % assets.length]
    const [first, last] = random() < 0.6 ? busy : [from, to]
    const minute = first + Math.floor((random() * (last - first)) / MINUTE) * MINUTE
    return { asset, asOf: place(minute, random()), turn: i }
  })
}

function place(minute, share) {
  if (share < 0.7) return minute
  if (share < 0.8) return minute - (minute % FOUR_HOURS)
  if (share < 0.9) return minute - (minute % DAY)
  return minute - (minute % FOUR_HOURS) - 1
}

function mulberry32(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
