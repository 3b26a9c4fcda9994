import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { sst } from "../../../packages/cli/stage/sst.ts"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"
import { sstOnPath } from "../../fixtures/cli/stage.ts"

describe("SST's command", () => {
  it.live("that ends before it has read a secret has failed, in one line and without it", () =>
    Effect.gen(function* () {
      // It knows no `secret set`, and ends at once; more than a pipe holds is left unread.
      const { path } = yield* sstOnPath("https://example.com", "4242:token")
      yield* withEnvironment({ PATH: path })
      const secret = Redacted.make("s3cret".repeat(200_000))
      const { advice } = yield* Effect.flip(sst("prod").setSecret("TelegramBotToken", secret))
      assert.match(advice, /^sst secret set TelegramBotToken --stage prod failed: [^\n]*$/)
      assert.notInclude(advice, "s3cret")
    }),
  )
})
