import { assert, describe, it } from "@effect/vitest"
import { detected } from "../../../packages/local/telegram/entities/detected.ts"

const found = (text: string, entities: ReadonlyArray<{ type: string; offset: number; length: number }> = []) =>
  detected({ text, entities }).entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])

describe("what Telegram finds in a text by itself", () => {
  it.each([
    ["/start payload", [["bot_command", "/start"]]],
    ["try /help@concierge_bot.", [["bot_command", "/help@concierge_bot"]]],
    ["and/or 1/2 //x", []],
    [
      "see https://example.com/a?b=1, @concierge_bot",
      [
        ["url", "https://example.com/a?b=1"],
        ["mention", "@concierge_bot"],
      ],
    ],
    ["me@example.com", []],
  ])("%s", (text, entities) => {
    assert.deepStrictEqual(found(text), entities)
  })

  it("leaves code alone, not bold", () => {
    assert.deepStrictEqual(found("/a /b", [{ type: "code", offset: 0, length: 2 }]), [
      ["code", "/a"],
      ["bot_command", "/b"],
    ])
    assert.deepStrictEqual(found("/a", [{ type: "bold", offset: 0, length: 2 }]), [
      ["bold", "/a"],
      ["bot_command", "/a"],
    ])
  })
})
