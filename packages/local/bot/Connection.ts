import { currentIso, type Iso } from "@concierge/core/Time.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** How the bot stands with Telegram. */
export interface Standing {
  readonly is: "connecting" | "polling" | "in trouble"
  readonly since: Iso
  /** What is wrong, as the log says it. */
  readonly why?: string
  /** Without `@`. */
  readonly username?: string
}

/** Says each change once, however often it is told of: a line that is repeated all night is not read. */
export class Connection extends Context.Service<
  Connection,
  {
    readonly standing: Effect.Effect<Standing>
    trouble(why: string): Effect.Effect<void>
    readonly well: Effect.Effect<void>
    named(username: string): Effect.Effect<void>
    /** By how many milliseconds Telegram's clock is ahead of ours. */
    clock(ahead: number): Effect.Effect<void>
  }
>()("@concierge/local/bot/Connection") {}

/** Milliseconds. Below it Telegram's whole seconds and a slow answer look the same. */
const tolerated = 60_000

export const layer: Layer.Layer<Connection> = Layer.effect(
  Connection,
  Effect.gen(function* () {
    let standing: Standing = { is: "connecting", since: yield* currentIso }
    let isClockOff = false
    const become = Effect.fnUntraced(function* (is: Standing["is"], why?: string) {
      if (standing.is === is && standing.why === why) return false
      const { username } = standing
      const since = yield* currentIso
      standing = { is, since, ...(why !== undefined && { why }), ...(username !== undefined && { username }) }
      return true
    })
    return Connection.of({
      standing: Effect.sync(() => standing),
      trouble: Effect.fnUntraced(function* (why) {
        if (yield* become("in trouble", why)) yield* Effect.logWarning(why)
      }),
      well: Effect.gen(function* () {
        const before = standing.is
        if ((yield* become("polling")) && before === "in trouble") yield* Effect.logInfo("Telegram answers again.")
      }),
      named: (username) =>
        Effect.sync(() => {
          standing = { ...standing, username }
        }),
      clock: Effect.fnUntraced(function* (ahead) {
        const isOff = Math.abs(ahead) > tolerated
        if (isOff && !isClockOff) yield* Effect.logWarning(clockLine(ahead))
        isClockOff = isOff
      }),
    })
  }),
)

const clockLine = (ahead: number): string =>
  `This machine's clock is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? "behind" : "ahead of"} Telegram's: ` +
  "set it (timedatectl set-ntp true), for times and order are taken from it."
