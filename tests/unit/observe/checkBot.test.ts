import { createServer } from "node:http"
import { WorkerConfig } from "@concierge/core/config.ts"
import { botCheckMinutes as everyMinutes } from "@concierge/core/delivery/deployed.ts"
import { checkBot, troubleOf } from "@concierge/core/operate/checkBot.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import * as BotState from "@concierge/telegram/BotState.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { assertClean, secrets, written } from "../../fixtures/logged.ts"
import { listen } from "../../layers/listen.ts"

const ours = "https://bot.example.com/telegram/webhook"
const now = 1_800_000_000_000
const recently = now / 1000 - 60

describe("a silent bot", () => {
  it.each([
    [undefined, { url: ours, pending: 0 }],
    ["no webhook", { url: "", pending: 0 }],
    ["another webhook", { url: `${ours}2`, pending: 0 }],
    ["deliveries fail", { url: ours, pending: 3, lastErrorAt: recently }],
    // What failed was delivered since, or is long over.
    [undefined, { url: ours, pending: 0, lastErrorAt: recently }],
    [undefined, { url: ours, pending: 3, lastErrorAt: recently - 3_600 }],
  ] as const)("is told: %s of %j", (trouble, webhook) => {
    assert.strictEqual(troubleOf(webhook, ours, now), trouble)
  })

  it("has two errors or more behind it where two checks in a row find one", () => {
    const ago = (seconds: number) => ({ url: ours, pending: 3, lastErrorAt: now / 1000 - seconds })
    const next = 60 * everyMinutes
    const isFound = (seconds: number): boolean => troubleOf(ago(seconds), ours, now) !== undefined
    // The schedule is late or early by seconds.
    for (const early of [0, 20]) {
      for (let since = 0; since <= next; since++) assert.isFalse(isFound(since) && isFound(since + next - early))
    }
    // Telegram tries again by the minute.
    assert.isTrue(isFound(120))
  })

  const info = { url: ours, has_custom_certificate: false, pending_update_count: 0, max_connections: 40 }
  it.live.each([
    ["all is well", { ok: true, result: info }, { BotSilent: 0, BotPending: 0 }, ""],
    [
      "people's updates pile up",
      {
        ok: true,
        result: { ...info, pending_update_count: 12, last_error_date: 4_000_000_000, last_error_message: "404" },
      },
      { BotSilent: 1, BotPending: 12 },
      "deliveries fail",
    ],
    ["the token is refused", { ok: false, error_code: 401, description: secrets.token }, { BotSilent: 1 }, "no answer"],
  ] as const)("is measured at Telegram itself, without a word of the token: %s", ([, answer, expected, said]) =>
    Effect.gen(function* () {
      const server = createServer((_, response) => response.end(JSON.stringify(answer)))
      const config = {
        botToken: Redacted.make(secrets.token),
        telegramApi: yield* listen(server),
        retention: Duration.days(90),
      }
      const recorded: Record<string, number> = {}
      const metrics = Metrics.of({
        count: () => Effect.void,
        record: (metric, value) => Effect.sync(() => void Object.assign(recorded, { [metric]: value })),
      })
      const layer = Layer.provide(BotState.layer, [
        Layer.succeed(WorkerConfig, config),
        NodeHttpClient.layerNodeHttpNoAgent.pipe(Layer.provide(NodeHttpClient.layerAgent)),
      ])
      const output = yield* written(checkBot(ours).pipe(Effect.provide(layer), Effect.provideService(Metrics, metrics)))
      assert.deepStrictEqual(recorded, expected)
      assertClean(output, said)
      assert.strictEqual(output.includes("the bot is silent"), said !== "")
    }),
  )
})
