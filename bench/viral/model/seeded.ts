/** Numbers from 0 to 1, the same for one seed (mulberry32: each is drawn from a counter, so that none follows from the last). */
export const seeded = (seed: number) => {
  let counter = seed
  return () => {
    counter = (counter + 0x6d2b79f5) | 0
    let mixed = Math.imul(counter ^ (counter >>> 15), counter | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
