import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Info, problemsOf } from "../commands/webhook/explain.ts"
import { telegram } from "../telegram.ts"
import { type Check, ok, wrong } from "./Check.ts"

/** As the stage needs it, with nothing waiting and no fresh error. */
export const webhook = (token: Redacted.Redacted<string>, url: string | undefined, stage: string): Check => ({
  name: "webhook",
  look: Effect.gen(function* () {
    const { call } = yield* telegram(token)
    const info = yield* Schema.decodeUnknownEffect(Info)(yield* call("getWebhookInfo"))
    const problems = problemsOf(info, url, (yield* Clock.currentTimeMillis) / 1000)
    const mend = `npx concierge webhook set --stage ${stage}; in words: npx concierge webhook info --stage ${stage}`
    return problems.length === 0
      ? ok(`${info.url}, ${info.pending_update_count} waiting`)
      : wrong(problems.join("; "), mend)
  }).pipe(
    Effect.catchTags({
      BadInput: ({ advice }) => Effect.succeed(wrong(advice, "see the line of the token")),
      SchemaError: () => Effect.succeed(wrong("Telegram answers something that is not understood", "once more")),
    }),
  ),
})
