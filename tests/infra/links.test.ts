import { createDecipheriv } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { formerSecret, type SealedPlan } from "./setup.ts"
import { at, dev, inputs, prod, restored } from "./stages.ts"

/** What SST put beside the function's own bundle, opened as its own library opens it: AES-256-GCM, an empty nonce, the tag at the end. */
const links = (plan: SealedPlan, name: "webhook" | "worker", logicalName: string): Record<string, unknown> => {
  const key = String(at(inputs(plan, "Function", logicalName), "environment", "variables", "SST_KEY"))
  const sealed = Buffer.from(plan.sealed[name], "base64")
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "base64"), Buffer.alloc(12))
  decipher.setAuthTag(sealed.subarray(-16))
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString())
}

describe("links", () => {
  it("each function knows what it needs and nothing else: the webhook never sees the bot's token", () => {
    const webhook = links(prod, "webhook", "WebhookFunction")
    assert.sameMembers(Object.keys(webhook), ["OriginSecret", "TapQueue", "TelegramWebhookSecret", "UpdateQueue"])
    assert.containSubset(webhook, {
      OriginSecret: { value: "generated-once-for-each-stage" },
      // Without the newline of the file that it was set from.
      TelegramWebhookSecret: { value: "offline" },
      UpdateQueue: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/UpdateQueueQueue" },
      TapQueue: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/TapQueueQueue" },
    })
    const worker = links(prod, "worker", "WorkerFunction")
    assert.strictEqual(at(worker.TelegramBotToken, "value"), `1:${"A".repeat(35)}`)
    assert.sameMembers(Object.keys(worker), [
      "EventsTable",
      "GreetingsBucket",
      "MediaBucket",
      "SessionsTable",
      "SettingsTable",
      "TapQueue",
      "TelegramBotToken",
      "TombstoneKey",
      "UpdateQueue",
      "UsersTable",
    ])
    // Generated, and with what those from before are hashed under: the token, for as long as such a hash is kept.
    assert.strictEqual(at(worker.TombstoneKey, "value"), "generated-once-for-each-stage")
    assert.match(String(at(worker.TombstoneKey, "former")), /^1:A{35}@\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    for (const name of [
      "UsersTable",
      "EventsTable",
      "SessionsTable",
      "SettingsTable",
      "MediaBucket",
      "GreetingsBucket",
    ]) {
      assert.isString(at(worker[name], "name"), name)
    }
  })

  it("without an edge there is no origin's secret", () => {
    const webhook = links(dev, "webhook", "WebhookFunction")
    assert.sameMembers(Object.keys(webhook), ["TapQueue", "TelegramWebhookSecret", "UpdateQueue"])
  })

  it("while it is replaced there are two of Telegram's", () => {
    const webhook = links(restored, "webhook", "WebhookFunction")
    // Without the newline of the file that it was set from.
    assert.strictEqual(at(webhook.FormerWebhookSecret, "value"), formerSecret)
    assert.sameMembers(Object.keys(webhook), [
      "FormerWebhookSecret",
      "OriginSecret",
      "TapQueue",
      "TelegramWebhookSecret",
      "UpdateQueue",
    ])
  })
})
