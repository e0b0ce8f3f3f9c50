/** Gives a function that runs one job after another, in the order of asking, whatever becomes of each. */
export function inTurn(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const mine = last.then(job, job)
    last = mine
    return mine
  }
}
