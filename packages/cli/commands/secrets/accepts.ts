import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { BadInput } from "../../BadInput.ts"
import { asTelegram, type Operations } from "../../stage/operations.ts"

/** While a release goes on, a tenth of the requests are the new version's: one answer would prove nothing. */
const times = 5

/**
 * Whether the webhook that answers now takes this secret: an update without an id is refused with 400 where it does, with
 * 401 where it does not, and queued nowhere.
 */
export const accepts = Effect.fnUntraced(function* (operations: Operations, secret: Redacted.Redacted<string>) {
  const headers = asTelegram(Redacted.value(secret), operations)
  const ask = Effect.tryPromise({
    try: async (signal) => (await fetch(operations.webhookUrl, { method: "POST", headers, body: "{}", signal })).status,
    catch: () => new BadInput({ advice: `${operations.webhookUrl} does not answer` }),
  }).pipe(
    Effect.timeoutOrElse({
      duration: "10 seconds",
      orElse: () => Effect.fail(new BadInput({ advice: `${operations.webhookUrl} does not answer in 10 s` })),
    }),
  )
  for (let asked = 0; asked < times; asked++) {
    const status = yield* ask
    if (status === 401) return false
    if (status !== 400) {
      const why = status === 403 ? "the edge refuses this tool: deploy this version first" : "see the webhook's log"
      return yield* new BadInput({ advice: `${operations.webhookUrl} answered ${status}: ${why}` })
    }
  }
  return true
})
