import { reasonOf } from "@concierge/telegram/answer.ts"
import { assert, describe, it } from "@effect/vitest"

const kept = (description: string) => {
  const reason = reasonOf(400, { ok: false, description }, "nothing")
  return "description" in reason ? reason.description : assert.fail(reason._tag)
}

describe("what is kept of Telegram's words", () => {
  it("is all but what it quotes, which may be somebody's name or a link of theirs", () => {
    assert.strictEqual(
      kept(`Bad Request: can't parse entities: Unsupported start tag "ana" at byte offset 7`),
      `Bad Request: can't parse entities: Unsupported start tag “…” at byte offset 7`,
    )
    assert.strictEqual(
      kept("Bad Request: inline keyboard button URL 'https://t.me/bot?start=ref_ana' is invalid: Wrong HTTP URL"),
      "Bad Request: inline keyboard button URL “…” is invalid: Wrong HTTP URL",
    )
    assert.strictEqual(kept(`"ana" and "o'hara" can't`), "“…” can't")
  })

  it("is all of what quotes nothing", () => {
    for (const text of ["Bad Request: chat not found", "Forbidden: can't write, the bot isn't a member", `a "b`]) {
      assert.strictEqual(kept(text), text)
    }
  })
})
