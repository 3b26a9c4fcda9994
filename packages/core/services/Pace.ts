import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type { Iso } from "../Time.ts"

/**
 * Who goes before whom: a tap of somebody half-way, then whoever comes, then what nobody has asked for (reminders and
 * broadcasts), which waits until there is room.
 */
export type Lane = "tap" | "arrival" | "reach"

/** What is to be sent. */
export interface Call {
  readonly method: string
  readonly chatId: number
}

export interface Ask {
  readonly chatId: number
  readonly lane: Lane
  /** Its place among those of its lane: the earlier goes first. */
  readonly arrivedAt: Iso
  /** How long it may be waited for. */
  readonly patience: Duration.Duration
  /** It is not waited for at all where the newcomers before it have turns for longer than this. */
  readonly longestLine?: Duration.Duration
}

/** The right to make one call. */
export interface Turn {
  readonly _tag: "Turn"
  /** When it was given, and once it is used when the call began, by the worker's own clock in milliseconds. */
  readonly at: number
  /** Of the rate under which it was given; 0: of none. */
  readonly epoch: number
  readonly lane: Lane
  /** Where it is on the line of all turns; a newcomer's ticket. */
  readonly place?: number | undefined
  /** For how long Telegram's limit had it waited for, in milliseconds; absent: not at all. */
  readonly waited?: number
}

/** It does not come in time: to be asked for again after so long. */
export interface NotNow {
  readonly _tag: "NotNow"
  readonly wait: Duration.Duration
  /** For how long it was waited for in vain, in milliseconds. */
  readonly waited?: number
}

/**
 * Turns to call, at the rate that is taken. While nothing is refused there is none, and everybody goes at once: no call,
 * no write, no wait. It never fails: what cannot be known of the others is as if nothing were.
 */
export class Pace extends Context.Service<
  Pace,
  {
    /** `waiting` is run once if there is none at once. */
    take(ask: Ask, waiting?: Effect.Effect<void>): Effect.Effect<Turn | NotNow>
    /** Nothing was called. */
    giveBack(turn: Turn): Effect.Effect<void>
    /** Whether anything is paced just now, as far as this process knows. */
    readonly isOn: Effect.Effect<boolean>
    /** Whether a turn that was kept may still be used: not where everybody has to be silent since. */
    isGood(turn: Turn): Effect.Effect<boolean>
    /** Ends when newcomers in all workers' hands are so few that more can be served in time. At once where nothing is paced. */
    readonly room: Effect.Effect<void>
    /** The call begins now. The turn as it is to be named where the call is refused. */
    use(turn: Turn): Effect.Effect<Turn>
    /** Called, and refused for so long. Whom that concerns is found out here. */
    refused(turn: Turn, call: Call, retryAfter: Duration.Duration): Effect.Effect<void>
    /** How long this method is not to be called in this chat. Zero: it may. */
    wait(call: Call): Effect.Effect<Duration.Duration>
  }
>()("@concierge/core/services/Pace") {}
