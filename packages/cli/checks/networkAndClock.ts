import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { telegramOrigin } from "../telegram.ts"
import { type Check, ok, wrong } from "./Check.ts"

/** Below it Telegram's whole seconds and a slow answer look the same. AWS refuses from five minutes on. */
const tolerated = Duration.seconds(60)
const within = Duration.seconds(10)

/** By Telegram's own clock, which its answers carry. */
export const networkAndClock: Check = {
  name: "network and clock",
  look: Effect.gen(function* () {
    const origin = yield* telegramOrigin
    const asked = yield* Effect.result(
      Effect.tryPromise((signal) => fetch(origin, { method: "HEAD", redirect: "manual", signal })).pipe(
        Effect.timeout(within),
      ),
    )
    const { host } = new URL(origin)
    if (asked._tag === "Failure") {
      return wrong(
        `${host} cannot be reached`,
        `curl -sI ${origin}: a firewall, a proxy or the name service stands in between`,
      )
    }
    const ahead = Date.parse(asked.success.headers.get("date") ?? "") - Date.now()
    if (Number.isNaN(ahead) || Math.abs(ahead) <= Duration.toMillis(tolerated))
      return ok(`${host} answers, the clocks agree`)
    const seconds = Math.round(Math.abs(ahead) / 1000)
    return wrong(
      `this machine's clock is ${seconds} s ${ahead > 0 ? "behind" : "ahead"}`,
      "sudo timedatectl set-ntp true",
    )
  }).pipe(Effect.catch(({ advice }) => Effect.succeed(wrong(advice, "change it where it is set")))),
}
