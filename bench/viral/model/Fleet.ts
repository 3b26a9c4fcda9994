/** Where the bot runs. */
export interface Fleet {
  readonly containers: number
  /** Batches of ten that are worked at a time, for each queue. */
  readonly batches: number
  /** Batches of newcomers at a time while turns are waited for. */
  readonly batchesPaced: number
  /** Milliseconds by which every other container's clock is ahead. */
  readonly skew: number
  /** Seconds between two deaths of a container in the middle of its work; 0: none dies. */
  readonly deaths: number
  /** Without: every update tries, is refused, and waits as long as Telegram says, alone. */
  readonly isPaced: boolean
}

export const oneMachine: Fleet = { containers: 1, batches: 10, batchesPaced: 3, skew: 0, deaths: 0, isPaced: true }
export const aws: Fleet = { containers: 10, batches: 5, batchesPaced: 5, skew: 0, deaths: 0, isPaced: true }
