import { brand } from "@concierge/brands/concierge/brand.ts"
import { dataOf, type Pressed, pressedOf } from "@concierge/core/onboarding/Pressed.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { stepOf } from "../../fixtures/concierge.ts"

const Id = Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9_]{0,23}$/))

const AnyButton = Schema.Union([
  ...(["Restart", "Language", "Keep"] as const).map((tag) => Schema.Struct({ _tag: Schema.Literal(tag) })),
  Schema.Struct({
    _tag: Schema.Literal("Step"),
    data: Schema.Union([
      Schema.Literals(["watch_video", "play_audio", "finish"]),
      Schema.TemplateLiteral(["step:", Id]),
    ]),
  }),
  Schema.Struct({ _tag: Schema.Literal("Answer"), question: Id, choice: Id }),
  Schema.Struct({ _tag: Schema.Literal("SetLanguage"), locale: Schema.Literals(["en", "es"]) }),
  Schema.Struct({
    _tag: Schema.Literal("Forget"),
    askedAt: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 999_999_999_999 })),
  }),
])

describe("a button", () => {
  it.prop("comes back as it was, within the 64 bytes that Telegram carries", [AnyButton], ([button]) => {
    const data = dataOf(button satisfies Pressed)
    assert.deepStrictEqual(pressedOf(brand, data), button)
    assert.isAtMost(Buffer.byteLength(data), 64)
    assert.isNotEmpty(data)
  })

  it.prop("whatever data comes, it is a button of ours or none", [Schema.String], ([data]) => {
    const button = pressedOf(brand, data)
    if (button !== undefined) assert.strictEqual(dataOf(button), data)
  })

  it("has the names that the contract gives", () => {
    for (const [kind, data] of [
      ["video", "watch_video"],
      ["voice", "play_audio"],
      ["finish", "finish"],
    ] as const) {
      assert.strictEqual(stepOf(kind).data, data)
      assert.deepStrictEqual(pressedOf(brand, data), { _tag: "Step", data })
    }
  })

  it("of a step that is gone still leads to a step", () => {
    for (const data of ["of_another_flow", "step:gone", "constructor"]) {
      assert.deepStrictEqual(pressedOf(brand, data), { _tag: "Step", data })
    }
    assert.deepStrictEqual(pressedOf(brand, "answer:gone:yes"), { _tag: "Answer", question: "gone", choice: "yes" })
  })

  it("of somebody else's is none", () => {
    for (const data of ["", "WATCH_VIDEO", "language:", "language:fr", "language:en:x", "forget:-1", "forget:1.5"]) {
      assert.isUndefined(pressedOf(brand, data), data)
    }
    for (const data of ["forget:1e3", "forget:1:2", "forget:9999999999999", "toString", "hasOwnProperty"]) {
      assert.isUndefined(pressedOf(brand, data), data)
    }
    for (const data of [
      "forget",
      "answer",
      "answer:",
      "answer:one",
      "answer:one:",
      "answer:a:b:c",
      "step:",
      "step:A",
    ]) {
      assert.isUndefined(pressedOf(brand, data), data)
    }
  })
})
