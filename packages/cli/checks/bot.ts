import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { telegram } from "../telegram.ts"
import { type Check, note, ok, wrong } from "./Check.ts"

/** Whether Telegram takes the token, and whether the brand's links lead to that bot. `mend`: how a token is handed over. */
export const bot = (token: Redacted.Redacted<string>, brand: BrandValue, mend: string): Check => ({
  name: "token",
  look: Effect.gen(function* () {
    const { me } = yield* telegram(token)
    const { username } = yield* me
    return username === brand.bot.username
      ? ok(`Telegram takes it, as @${username}`)
      : note(
          `it is of @${username}, and the brand's links lead to @${brand.bot.username}`,
          `brands/${brand.id}/brand.ts, bot.username`,
        )
  }).pipe(
    Effect.catch(({ advice }) =>
      Effect.succeed(
        /Unauthorized|Not Found/.test(advice)
          ? wrong(
              "Telegram does not know it: it was revoked, or is not whole",
              `take it from @BotFather with /token, then: ${mend}`,
            )
          : wrong(advice, "when Telegram answers again, once more"),
      ),
    ),
  ),
})
