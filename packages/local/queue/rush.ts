/** Milliseconds over which arrivals are counted, and how many of them make a rush: 500 a second. */
const span = 100
const many = 50

/** A rush is over so many milliseconds after its last arrival. */
export const rushEnds = 2 * span

export interface Rush {
  readonly arrived: (now: number) => void
  readonly isOn: (now: number) => boolean
}

/** Notices that updates come in faster than anybody could work them meanwhile. Times in milliseconds. */
export const makeRush = (): Rush => {
  let since = 0
  let count = 0
  let before = 0
  return {
    arrived: (now) => {
      if (now - since >= span) {
        before = now - since < rushEnds ? count : 0
        since = now
        count = 0
      }
      count += 1
    },
    isOn: (now) => now - since < rushEnds && Math.max(before, count) >= many,
  }
}
