import { assert, describe, it } from "@effect/vitest"
import { dev, full, fullPersonal, prod } from "./stages.ts"

describe("outputs", () => {
  it("give the URL that Telegram is told, of the edge where there is one", () => {
    const url = ({ outputs }: typeof dev) => outputs.webhookUrl
    assert.strictEqual(url(prod), "https://d111111abcdef8.cloudfront.net/telegram/webhook")
    assert.strictEqual(url(full), "https://bot.example.com/telegram/webhook")
    assert.strictEqual(url(dev), "https://apiapi.execute-api.eu-central-1.amazonaws.com/telegram/webhook")
    assert.strictEqual(url(fullPersonal), "https://eva.example.com/telegram/webhook")
  })

  it("tell an operator where the dead letters and the parked updates are", () => {
    for (const { outputs } of [dev, prod]) {
      assert.strictEqual(outputs.deadLetters, "https://sqs.eu-central-1.amazonaws.com/123456789012/DeadLettersQueue")
      assert.strictEqual(outputs.updateQueue, "https://sqs.eu-central-1.amazonaws.com/123456789012/UpdateQueueQueue")
      assert.strictEqual(outputs.tapQueue, "https://sqs.eu-central-1.amazonaws.com/123456789012/TapQueueQueue")
      assert.match(String(outputs.eventsTable), /EventsTableTable/)
    }
  })

  it("name an alarm of each topic, by which to try whether its mail arrives", () => {
    assert.deepStrictEqual(prod.outputs.alarmsToTry, [
      "eu-central-1 concierge-prod-DeadLetters",
      "eu-central-1 concierge-prod-WebhookErrors",
      "eu-central-1 concierge-prod-Api4xx",
      "us-east-1 concierge-prod-FirewallBlocked",
    ])
    assert.notProperty(dev.outputs, "alarmsToTry")
  })

  it("tell the lost region's successor where the copies are", () => {
    assert.deepStrictEqual(Object.keys(JSON.parse(String(full.outputs.recovery))).toSorted(), [
      "events",
      "greetings",
      "key",
      "media",
      "region",
      "sessions",
      "settings",
      "users",
    ])
    assert.notProperty(prod.outputs, "recovery")
  })
})
