/** Milliseconds over which arrivals are counted, and how many of them make a rush: 500 a second. */
const span = 100
const many = 50

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
        before = now - since < 2 * span ? count : 0
        since = now
        count = 0
      }
      count += 1
    },
    isOn: (now) => now - since < 2 * span && Math.max(before, count) >= many,
  }
}
