import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { Stage } from "../../packages/local/aws/Stage.ts"
import { withEnvironment } from "../../packages/local/aws/sdk.ts"
import { storeLinks } from "../../packages/local/aws/storeLinks.ts"
import { botToken } from "../../packages/local/host/botToken.ts"
import { Journal } from "../../packages/local/journal/Journal.ts"
import { internalError } from "../../packages/local/telegram/Fault.ts"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import { open } from "../contract/fixtures/http.ts"
import { states, stepOf } from "../fixtures/concierge.ts"
import { Complaints, deployed, secret, webhookUrl } from "./aws/deployed.ts"
import { poll, post, settled, since, start } from "./aws/updates.ts"
import { buttonsOf, eventually, visitor } from "./aws/visitor.ts"
import { json } from "./operator/concierge.ts"

const [videoStep, greetingStep, finishStep] = [stepOf("video"), stepOf("voice"), stepOf("finish")]
const ana = { first_name: "Ana 👋", language_code: "en-GB" }
const jose = { first_name: "José", language_code: "es-MX" }
const link = Buffer.from("utm_source=poster&utm_campaign=spring").toString("base64url")

layer(deployed, { timeout: "60 seconds", excludeTestServices: true })("the bundled functions", (it) => {
  it.effect.each([
    ["en", 1001, ana, /Hi, .*Ana 👋/],
    ["es", 1002, jose, /¡Hola, .*José/],
  ] as const)("bring somebody from a campaign's link to the end (%s)", ([, chatId, from, words]) =>
    Effect.gen(function* () {
      const person = visitor(chatId, from)
      const [video] = yield* person.says(`/start ${link}`)
      assert.isAbove(video?.video?.file_size ?? 0, 50_000)
      assert.match(video?.caption ?? "", words)
      assert.deepStrictEqual(buttonsOf(video), [greetingStep.data])
      const [greeting] = yield* person.taps(greetingStep.data)
      assert.strictEqual(greeting?.voice?.mime_type, "audio/mpeg")
      assert.deepStrictEqual(buttonsOf(greeting), [finishStep.data])
      yield* person.taps(finishStep.data)
      const user = yield* person.storedAs(states.done)
      assert.deepInclude(user, { firstName: from.first_name, languageCode: from.language_code, run: 1 })
      assert.deepInclude(user.utm, { source: "poster", campaign: "spring" })
    }),
  )

  it.effect("the greeting is synthesised once, and sent by its id after that", () =>
    Effect.gen(function* () {
      const [first, second] = [
        visitor(1101, { ...ana, first_name: "Eva" }),
        visitor(1102, { ...ana, first_name: "Eva" }),
      ]
      yield* first.says("/start")
      const [greeting] = yield* first.taps(greetingStep.data)
      yield* second.says("/start")
      const [again] = yield* second.taps(greetingStep.data)
      assert.strictEqual(again?.voice?.file_unique_id, greeting?.voice?.file_unique_id)
    }),
  )

  it.effect("/restart begins anew, and attribution stays", () =>
    Effect.gen(function* () {
      const person = visitor(1003, ana)
      yield* person.says("/start ref_summer24")
      const [restarted] = yield* person.says("/restart")
      assert.deepStrictEqual(buttonsOf(restarted), [videoStep.data])
      const [video] = yield* person.taps(videoStep.data)
      assert.isDefined(video?.video)
      const user = yield* person.storedAs(states.video)
      assert.deepInclude(user, { run: 2, ref_code: "ref_summer24" })
    }),
  )

  it.effect("an update that Telegram delivers five times is worked once", () =>
    Effect.gen(function* () {
      yield* visitor(1004, ana).says("/help")
      const update = start(900_001, 1004)
      const before = yield* settled
      const statuses = yield* Effect.forEach(Array(5).fill(update), (copy) => post(copy), { concurrency: 5 })
      assert.deepStrictEqual(
        statuses.map(({ status }) => status),
        [200, 200, 200, 200, 200],
      )
      assert.deepStrictEqual(since(before, yield* settled), { applied: 1, ignored: 0, parked: 0, dead: 0 })
      const sent = yield* StandIn.use((telegram) => telegram.messages(1004))
      assert.strictEqual(sent.filter(({ video }) => video !== undefined).length, 1)
    }),
  )

  it.effect("each function's line of an update is in the log, with what is stored", () =>
    Effect.gen(function* () {
      yield* post(start(900_050, 1006))
      const url = (yield* webhookUrl).replace("/telegram/webhook", "/sandbox/events/900050/trace")
      const text = yield* eventually(
        Effect.map(open(url), ({ bytes }) => {
          const text = new TextDecoder().decode(bytes)
          return /worker .*outcome applied/.test(text) ? text : undefined
        }),
      )
      assert.match(text, /webhook {2}outcome accepted, status 200, .*coldStart (true|false)$/m)
      assert.match(text, /stored {4}first seen /)
    }),
  )

  it.effect("a batch of ten people at once", () =>
    Effect.gen(function* () {
      const people = Array.from({ length: 10 }, (_, index) => visitor(2_000 + index, ana))
      const before = yield* settled
      yield* Effect.forEach(people, (person) => person.says("/start"), { concurrency: 10 })
      assert.deepInclude(since(before, yield* settled), { applied: 10, dead: 0 })
    }),
  )

  it.effect("kinds unknown, and used ones that do not decode, hold up nobody", () =>
    Effect.gen(function* () {
      const before = yield* settled
      yield* post(poll(900_200))
      yield* post({ update_id: 900_201, message: { message_id: "one" } })
      assert.deepStrictEqual(since(before, yield* settled), { applied: 0, ignored: 1, parked: 1, dead: 0 })
    }),
  )

  it.effect("what the gateway hands over is checked by the function", () =>
    Effect.gen(function* () {
      const refused = yield* post(poll(900_300), { "x-telegram-bot-api-secret-token": "guess" })
      assert.strictEqual(refused.status, 401)
      assert.strictEqual(new TextDecoder().decode(refused.bytes), '{"error":"Unauthorized"}')
      assert.strictEqual((yield* post("no update")).status, 400)
    }),
  )

  it.effect("while Telegram is down the update waits as a delayed copy, and burns no receives", () =>
    Effect.gen(function* () {
      const telegram = yield* StandIn
      yield* telegram.inject({
        method: "sendVideo",
        times: 1,
        fault: internalError,
      })
      const person = visitor(1005, ana)
      const [video] = yield* person.says("/start")
      assert.isDefined(video?.video)
      const user = yield* person.storedAs(states.video)
      assert.strictEqual(user.ambiguous, 1)
    }),
  )

  it.effect("a message of somebody else's is dead after three receives, and its neighbours are worked once", () =>
    Effect.gen(function* () {
      const { sqs } = yield* Stage
      yield* visitor(1006, ana).says("/help")
      const before = yield* settled
      yield* sqs.send("hello")
      yield* post(start(900_400, 1006))
      yield* eventually(Effect.map(sqs.count(sqs.deadUrl), (dead) => (dead === 1 ? dead : undefined)))
      assert.deepStrictEqual(since(before, yield* settled), { applied: 1, ignored: 0, parked: 0, dead: 1 })
      const { lines } = yield* Complaints
      const refused = lines.filter((line) => line.includes("are not updates of ours"))
      assert.strictEqual(refused.length, 3)
    }),
  )

  it.effect("the smoke test finds nothing wrong with them", () =>
    Effect.gen(function* () {
      const { sqs } = yield* Stage
      const resources = {
        App: { name: "concierge", stage: "local" },
        ...storeLinks,
        UpdateQueue: { url: sqs.url },
        TapQueue: { url: sqs.tapUrl },
        DeadLetters: { url: sqs.deadUrl },
        TelegramBotToken: { value: Redacted.value(botToken) },
        TelegramWebhookSecret: { value: secret },
        TombstoneKey: { value: "of this test" },
        Operations: { webhookUrl: yield* webhookUrl, operatorKey: "" },
      }
      const named = Object.entries(resources).map(([name, value]) => [`SST_RESOURCE_${name}`, JSON.stringify(value)])
      yield* withEnvironment(Object.fromEntries(named))
      const { checks, ok } = yield* json("smoke")
      assert.isTrue(ok, JSON.stringify(checks))
    }).pipe(Effect.scoped),
  )

  it.effect("each step can be watched from outside", () =>
    Effect.gen(function* () {
      const { feed } = yield* Journal
      const steps = yield* Stream.runCollect(Stream.takeUntil(feed("1001"), ({ what }) => what === "processUpdate"))
      const names = steps.map(({ what }) => what)
      assert.includeMembers([...names], ["Users.begin", "Events.claim", "Telegram.sendVideo", "Users.commit"])
    }),
  )
})
