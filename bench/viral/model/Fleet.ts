/** Where the bot runs. */
export interface Fleet {
  readonly containers: number
  /** Updates that are worked at a time, for each queue, received in batches of ten. */
  readonly inHand: number
  /** Newcomers at a time while turns are waited for. */
  readonly inHandPaced: number
  /** Who is slow keeps the nine others' places too. */
  readonly endsByBatch: boolean
  /** Milliseconds by which every other container's clock is ahead. */
  readonly skew: number
  /** Seconds between two deaths of a container in the middle of its work; 0: none dies. */
  readonly deaths: number
  /** Seconds between two moments at which a container stands still for one to three seconds; 0: none does. */
  readonly stalls: number
  /** Without: every update tries, is refused, and waits as long as Telegram says, alone. */
  readonly isPaced: boolean
}

const sound = { skew: 0, deaths: 0, stalls: 0, isPaced: true }
export const oneMachine: Fleet = { ...sound, containers: 1, inHand: 100, inHandPaced: 50, endsByBatch: false }
export const aws: Fleet = { ...sound, containers: 10, inHand: 50, inHandPaced: 50, endsByBatch: true }
