import { commandOf, isFor } from "@concierge/core/onboarding/Command.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"

describe("a command", () => {
  it("has a name, may name a bot, and takes the rest of the text", () => {
    assert.deepStrictEqual(commandOf("/start"), { name: "start", argument: "" })
    assert.deepStrictEqual(commandOf("/start ref_a"), { name: "start", argument: "ref_a" })
    assert.deepStrictEqual(commandOf("/START@My_Bot  a b \n"), { name: "start", addressee: "My_Bot", argument: "a b" })
    assert.deepStrictEqual(commandOf("/start\nref_a"), { name: "start", argument: "ref_a" })
  })

  it("stands at the beginning, and ends where a space does", () => {
    for (const text of [
      "",
      "start",
      " /start",
      "hello /start",
      "/",
      "//",
      "/start!",
      "/start@",
      "/start@@bot",
      "/ñ",
      "/st-art",
    ]) {
      assert.isUndefined(commandOf(text), text)
    }
  })

  it("is for us when it names nobody, or us in any case of letters", () => {
    const named = (addressee: string) => ({ name: "start", addressee, argument: "" })
    assert.isTrue(isFor({ name: "start", argument: "" }, "concierge_bot"))
    assert.isTrue(isFor(named("Concierge_Bot"), "concierge_bot"))
    assert.isFalse(isFor(named("concierge_bot2"), "concierge_bot"))
    assert.isFalse(isFor(named("other_bot"), "concierge_bot"))
  })

  it.prop("any argument comes back trimmed", [Schema.String], ([argument]) => {
    assert.strictEqual(commandOf(`/start ${argument}`)?.argument, argument.trim())
  })
})
