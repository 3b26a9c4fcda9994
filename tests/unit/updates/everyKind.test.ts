import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import { decodeUpdate, isUsed, kindOf, usedKinds } from "@concierge/core/updates/Update.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { everyKind, kinds } from "../../replay/everyKind.ts"

const fieldsOf = (update: object) => Object.keys(update).filter((name) => name !== "update_id")

describe("every kind of update that the Bot API declares, with each field that it may have", () => {
  const updates = everyKind(1)

  it("is taken in, as the kind that it is", () => {
    for (const update of updates) {
      const envelope = envelopeOf(new TextEncoder().encode(JSON.stringify(update)))
      assert.deepStrictEqual([Result.getOrThrow(envelope).kind], fieldsOf(update))
    }
  })

  it("is understood, if it is one that we use", () => {
    for (const update of updates.filter((update) => isUsed(kindOf(update)))) {
      assert.isTrue(Result.isSuccess(decodeUpdate(update)), JSON.stringify(update))
    }
  })

  it("is all of them, and of a message each thing that it may be", () => {
    assert.includeMembers([...kinds], [...usedKinds, "channel_post", "poll_answer", "chat_boost", "message_reaction"])
    assert.sameMembers([...new Set(updates.flatMap(fieldsOf))], [...kinds])
    const messages = updates.flatMap((update) => ("message" in update ? [update.message] : []))
    const found = new Set(messages.flatMap((message) => Object.keys(message ?? {})))
    const some = [
      "text",
      "photo",
      "voice",
      "dice",
      "story",
      "forward_origin",
      "via_bot",
      "sender_chat",
      "pinned_message",
    ]
    assert.includeMembers([...found], some)
    assert.isAbove(found.size, 100)
  })
})
