import { lastSend } from "@concierge/core/delivery/times.ts"
import * as Duration from "effect/Duration"
import type { History, Send } from "../History.ts"
import { epoch, type Rush } from "../Schedule.ts"
import type { Check, Evidence } from "./Evidence.ts"

// What holds in a rush, of people whom no fault befell: who is in the hands of a worker that dies comes when the queue
// shows them again. All in milliseconds.

/** What somebody waited for: the answer to one update. */
interface Wait {
  readonly event: string
  readonly chatId: number
  readonly isTap: boolean
  readonly arrivedAt: number
  /** When a worker had it in hand first, and in which invocation. */
  readonly inHandAt: number
  readonly invocation: number | undefined
  /** When it came into the hand from which it was served: later where it was put back. */
  readonly backAt: number
  /** Infinity: it never came. */
  readonly servedAt: number
  readonly servedBy: number | undefined
  /** How often Telegram refused it. */
  readonly refused: number
  readonly isBefallen: boolean
}

/** A turn that is given later than another by so much comes later: workers look every 0.8 s what the others know. */
const looked = 1_000

/** Calls of one worker that are under way at a time, in a rush. */
const underWay = 3

/** A rush lasts for seconds where the rate is found at once. A rate that is found too low from few calls takes longer to grow. */
const longest = 120_000

const waitsOf = ({ history, schedule }: Evidence): ReadonlyArray<Wait> => {
  const sends = Map.groupBy(history.sends, ({ attempt }) => attempt?.event)
  return schedule.requests.map(({ about, at, updateId }) => {
    const event = `7:${updateId}`
    const own = sends.get(event) ?? []
    const received = history.received.get(updateId) ?? []
    const served = own.find(({ accepted }) => accepted)
    const servedBy = served?.attempt?.invocation
    return {
      event,
      chatId: about.chatId,
      isTap: about.date === undefined,
      arrivedAt: epoch + at,
      inHandAt: received[0]?.at ?? Number.POSITIVE_INFINITY,
      invocation: received[0]?.invocation,
      backAt: received.findLast(({ invocation }) => invocation === servedBy)?.at ?? Number.POSITIVE_INFINITY,
      servedAt: served?.to ?? Number.POSITIVE_INFINITY,
      servedBy,
      refused: own.filter(isRefused).length,
      isBefallen: history.faultsOf.has(about.userId),
    }
  })
}

/** How often the pace could not be read or written as it should. */
const aloneIn = ({ injected }: History): number =>
  [...injected.keys()].filter((point) => point.includes(" pace#")).length

const isRefused = ({ answer }: Send): boolean => answer === "limited"

const inRush =
  (check: (waits: ReadonlyArray<Wait>, rush: Rush, evidence: Evidence) => ReadonlyArray<string>): Check =>
  (evidence) => {
    const { rush } = evidence.schedule
    return rush === undefined ? [] : check(waitsOf(evidence), rush, evidence)
  }

/** Everybody gets their first message, and whom nothing befell within minutes: nobody waits for a worker that has died. */
export const served = inRush((waits, { limits }) =>
  waits
    .filter(({ isTap }) => !isTap)
    .flatMap(({ arrivedAt, event, isBefallen, servedAt }) => {
      const most = isBefallen ? Number.MAX_SAFE_INTEGER : longest + 10_000 * limits.retryAfter
      return servedAt - arrivedAt <= most ? [] : [`FORGOTTEN ${event} was served after ${servedAt - arrivedAt} ms`]
    }),
)

/**
 * Nobody is passed by more newcomers than have turns within two seconds: one for the look by which one worker asks for
 * turns after another, one for the calls under way. Who was refused waits as long as that says, outside of the line; who
 * cannot read or write what all share goes on alone for a second. A silence for which no worker waits puts those
 * in hand back: they have the place at which they come again.
 */
export const inOrder = inRush((waits, { limits: { perSecond, retryAfter } }, { history }) => {
  const newcomers = waits.filter(({ isBefallen, isTap }) => !isTap && !isBefallen)
  const isPutBack = retryAfter * 1_000 >= Duration.toMillis(lastSend)
  return newcomers.flatMap((one) => {
    const from = (isPutBack ? one.backAt : one.inHandAt) + looked
    const passing = newcomers.filter(
      (other) => other.arrivedAt > one.arrivedAt && other.inHandAt > from && other.servedAt < one.servedAt,
    )
    const most = perSecond * (2 + aloneIn(history) + one.refused * retryAfter)
    return passing.length <= most ? [] : [`ORDER ${one.event}: ${passing.length} who came later were served before it`]
  })
})

/**
 * In one worker's hand the order is by arrival: nobody is passed there by more than those whose calls may be under way
 * beside theirs. Who was refused, or put back, is out of it.
 */
export const inHand = inRush((waits) => {
  const newcomers = waits.filter(
    ({ invocation, isBefallen, isTap, refused, servedBy }) =>
      !isTap && !isBefallen && refused === 0 && servedBy === invocation,
  )
  return newcomers.flatMap((one) => {
    const passing = newcomers.filter(
      (other) =>
        other.invocation === one.invocation &&
        other.arrivedAt > one.arrivedAt &&
        other.servedAt + looked < one.servedAt,
    )
    return passing.length <= underWay ? [] : [`ORDER ${one.event}: ${passing.length} in the same hand passed it`]
  })
})

/**
 * A tap stands behind hardly any newcomers, however many wait: those of the second in which a worker may not have looked,
 * those under way, and the same again where a silence has taken its turn away.
 */
export const tapsFirst = inRush((waits, { limits: { perSecond } }) => {
  const newcomers = waits.filter(({ isTap }) => !isTap)
  return waits.flatMap(({ event, inHandAt, isBefallen, isTap, refused, servedAt }) => {
    if (!isTap || isBefallen || refused > 0 || servedAt === Number.POSITIVE_INFINITY) return []
    const before = newcomers.filter((other) => other.servedAt > inHandAt + looked && other.servedAt < servedAt)
    return before.length <= 3 * perSecond
      ? []
      : [`ORDER tap ${event}: ${before.length} newcomers were served before it`]
  })
})

/**
 * Calls are refused before the limit is known, within the second that it takes to tell all, and while what was found
 * from so few calls is put right: three seconds' worth. Who cannot read or write what all share goes on alone for a second.
 */
export const limitKept = inRush((_, { limits }, { history }) => {
  const refused = history.sends.filter(isRefused).length
  const most = (3 + aloneIn(history)) * limits.perSecond
  return refused <= most ? [] : [`LIMIT ${refused} calls were refused, ${most} may be`]
})
