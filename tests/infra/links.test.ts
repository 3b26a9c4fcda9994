import { createDecipheriv } from "node:crypto"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { root, synth } from "../../stacks/diff/synth.ts"
import { noOptions } from "../../stacks/options.ts"
import { at, inputs, prod } from "./stages.ts"

/** What SST put beside the function's own bundle and not its neighbour's, opened as its own library opens it: AES-256-GCM, an empty nonce, the tag at the end. */
const links = (name: "webhook" | "worker", key: string): Record<string, unknown> => {
  const sealed = readFileSync(`${root}/dist/${name}/resource.enc`)
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "base64"), Buffer.alloc(12))
  decipher.setAuthTag(sealed.subarray(-16))
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString())
}

const keyOf = (name: string) => String(at(inputs(prod, "Function", name), "environment", "variables", "SST_KEY"))

describe("links", () => {
  it("each function knows what it needs and nothing else: the webhook never sees the bot's token", async () => {
    await synth("prod", { options: { ...noOptions, STAGE_ALARM_EMAIL: "ops@example.com" } })
    const webhook = links("webhook", keyOf("WebhookFunction"))
    assert.sameMembers(Object.keys(webhook), ["OriginSecret", "TapQueue", "TelegramWebhookSecret", "UpdateQueue"])
    assert.containSubset(webhook, {
      OriginSecret: { value: "generated-once-for-each-stage" },
      // Without the newline of the file that it was set from.
      TelegramWebhookSecret: { value: "offline" },
      UpdateQueue: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/UpdateQueueQueue" },
      TapQueue: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/TapQueueQueue" },
    })
    const worker = links("worker", keyOf("WorkerFunction"))
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

  it("without an edge there is no origin's secret, and while it is replaced two of Telegram's", async () => {
    const former = "the-one-before@2026-11-27T10:30:00.000Z"
    await synth("dev-ana", { options: noOptions, secrets: { FormerWebhookSecret: `${former}\n` } })
    const webhook = links("webhook", keyOf("WebhookFunction"))
    assert.strictEqual(at(webhook.FormerWebhookSecret, "value"), former)
    assert.sameMembers(Object.keys(webhook), [
      "FormerWebhookSecret",
      "TapQueue",
      "TelegramWebhookSecret",
      "UpdateQueue",
    ])
  })
})
