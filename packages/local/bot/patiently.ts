import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Problem } from "../host/Problem.ts"
import { BotApi, type CallError } from "./BotApi.ts"
import { Connection } from "./Connection.ts"

/** Between two attempts while Telegram cannot be reached: the first, and the longest. */
const firstWait = Duration.seconds(1)
const longestWait = Duration.seconds(30)

/** Whoever else polls gets as long for theirs: two who ask at once end each other's polls. */
const rivalWait = Duration.seconds(5)

/** Calls until Telegram answers, however long that takes. Only what no waiting mends ends it. */
export const patiently = Effect.fnUntraced(function* (
  method: string,
  params: object,
  within: Duration.Input = "10 seconds",
): Effect.fn.Return<unknown, Problem, BotApi | Connection> {
  const api = yield* BotApi
  const connection = yield* Connection
  for (let failures = 0; ; failures++) {
    const result = yield* Effect.result(api.call(method, params, within))
    if (result._tag === "Success") {
      yield* connection.clock(yield* api.ahead)
      return result.success
    }
    const { wait, why } = yield* verdictOf(result.failure, failures)
    yield* connection.trouble(why)
    yield* Effect.sleep(wait)
  }
})

interface Verdict {
  readonly why: string
  readonly wait: Duration.Duration
}

const verdictOf = ({ method, reason }: CallError, failures: number): Effect.Effect<Verdict, Problem> => {
  if (reason._tag === "Unreachable")
    return Effect.map(unreachable(reason.why), (why) => ({ why, wait: waitOf(failures) }))
  const { description, retryAfter, status } = reason
  if (status === 401 || status === 404) return Effect.fail(wrongToken)
  if (status === 409) {
    return Effect.succeed(
      /webhook is active/i.test(description)
        ? { why: webhookSet, wait: longestWait }
        : { why: otherPoller, wait: rivalWait },
    )
  }
  if (status === 429) {
    const wait = Duration.seconds(retryAfter ?? 1)
    return Effect.succeed({ why: `Telegram asks ${method} to wait ${Duration.toSeconds(wait)} s.`, wait })
  }
  return Effect.succeed({ why: `Telegram refuses ${method}: ${description}`, wait: longestWait })
}

const waitOf = (failures: number): Duration.Duration =>
  Duration.min(longestWait, Duration.times(firstWait, 2 ** Math.min(failures, 10)))

const unreachable = (why: string): Effect.Effect<string> =>
  Effect.map(Clock.currentTimeMillis, (now) =>
    /^CERT_(?:NOT_YET_VALID|HAS_EXPIRED)$/.test(why)
      ? `Telegram's certificate is not valid at ${new Date(now).toISOString()} (${why}): is this machine's clock right?`
      : `Telegram cannot be reached (${why}). Trying again until it can.`,
  )

const wrongToken = new Problem({
  advice:
    "TELEGRAM_BOT_TOKEN is not a token that Telegram knows (401): take it from @BotFather, with /token; one that was revoked works no more.",
})

const webhookSet =
  "A webhook was set for this bot while it polls here (409), and updates go there now. Delete it, or stop this program."

const otherPoller =
  "Another program polls for this bot (409): each takes the other's updates away. Stop one of the two."
