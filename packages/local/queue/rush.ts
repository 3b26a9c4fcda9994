/** Milliseconds over which arrivals are counted. */
const span = 100

/** So many of them make a rush: 500 a second. */
const many = 50

/** So many, 20 a second, make one where this thread is busy for so much of its time: whoever asks waits for what is worked. */
const some = 2
const busy = 0.8

/** A rush is over so many milliseconds after its last arrival. */
export const rushEnds = 2 * span

export interface Rush {
  readonly arrived: (now: number) => void
  readonly isOn: (now: number) => boolean
}

/**
 * Notices that updates come in faster than anybody could work them meanwhile. Times in milliseconds; `utilization`: for
 * which share of the time since it was last asked this thread was busy.
 */
export const makeRush = (utilization: () => number): Rush => {
  let since = 0
  let count = 0
  let before = 0
  let wasBusy = false
  return {
    arrived: (now) => {
      if (now - since >= span) {
        before = now - since < rushEnds ? count : 0
        since = now
        count = 0
        wasBusy = utilization() >= busy
      }
      count += 1
    },
    isOn: (now) => now - since < rushEnds && Math.max(before, count) >= (wasBusy ? some : many),
  }
}
