import { Locale } from "@concierge/core/brand/Locale.ts"
import { type Button, buttonOf, dataOf } from "@concierge/core/onboarding/Button.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"

const AnyButton = Schema.Union([
  ...(["WatchVideo", "PlayAudio", "Finish", "Restart", "Language", "Keep"] as const).map((tag) =>
    Schema.Struct({ _tag: Schema.Literal(tag) }),
  ),
  Schema.Struct({ _tag: Schema.Literal("SetLanguage"), locale: Locale }),
  Schema.Struct({
    _tag: Schema.Literal("Forget"),
    askedAt: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 999_999_999_999 })),
  }),
])

describe("a button", () => {
  it.prop("comes back as it was, within the 64 bytes that Telegram carries", [AnyButton], ([button]) => {
    const data = dataOf(button satisfies Button)
    assert.deepStrictEqual(buttonOf(data), button)
    assert.isAtMost(Buffer.byteLength(data), 64)
    assert.isNotEmpty(data)
  })

  it.prop("whatever data comes, it is a button of ours or none", [Schema.String], ([data]) => {
    const button = buttonOf(data)
    if (button !== undefined) assert.strictEqual(dataOf(button), data)
  })

  it("has the names that the contract gives", () => {
    assert.deepStrictEqual(buttonOf("watch_video"), { _tag: "WatchVideo" })
    assert.deepStrictEqual(buttonOf("play_audio"), { _tag: "PlayAudio" })
    assert.deepStrictEqual(buttonOf("finish"), { _tag: "Finish" })
  })

  it("of somebody else's is none", () => {
    for (const data of ["", "WATCH_VIDEO", "language:", "language:fr", "language:en:x", "forget:-1", "forget:1.5"]) {
      assert.isUndefined(buttonOf(data), data)
    }
    for (const data of ["forget:1e3", "forget:1:2", "forget:9999999999999", "toString", "hasOwnProperty"]) {
      assert.isUndefined(buttonOf(data), data)
    }
  })
})
