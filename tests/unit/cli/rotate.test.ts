import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { BadInput } from "@concierge/cli/BadInput.ts"
import { rotateToken } from "@concierge/cli/commands/secrets/rotateToken.ts"
import { rotateWebhook } from "@concierge/cli/commands/secrets/rotateWebhook.ts"
import { Steps } from "@concierge/cli/commands/secrets/Steps.ts"
import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { formerOf, formerText } from "@concierge/core/Former.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, layer } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { afterAll, beforeAll, beforeEach } from "vitest"
import { StandIn } from "../../../packages/local/telegram/StandIn.ts"
import * as Bot from "../../fixtures/telegram/bot.ts"
import { botToken } from "../../fixtures/telegram/bot.ts"
import { metricsLayer } from "../../layers/metrics.ts"

const root = mkdtempSync(join(tmpdir(), "concierge-rotate-"))
const [place, variables] = [join(root, "sst"), { ...process.env }]
const at = (...path: ReadonlyArray<string>) => join(place, ...path)
const read = (...path: ReadonlyArray<string>) => readFileSync(at(...path), "utf8")

/** What the deployed webhook answered Telegram; the tool's own questions carry the operator's key and no id. */
const answered: Array<number> = []
/** Ids that reached the queue. */
const queued: Array<number> = []

/** The function as it is deployed now: with the secrets of the last deploy, on the real clock. */
const deployed = (request: IncomingMessage, response: ServerResponse): void => {
  const chunks: Array<Buffer> = []
  request.on("data", (chunk) => chunks.push(chunk))
  request.on("end", () => {
    // One version: a deploy may come between two reads, and a function has both secrets of the same one.
    const version = realpathSync(at("deployed"))
    const former = join(version, "FormerWebhookSecret")
    const config = {
      secret: Redacted.make(readFileSync(join(version, "TelegramWebhookSecret"), "utf8")),
      formerSecret: existsSync(former) ? formerOf(Redacted.make(readFileSync(former, "utf8"))) : undefined,
      originSecret: undefined,
    }
    const received = receiveUpdate({
      method: "POST",
      header: (name) => String(request.headers[name] ?? ""),
      body: Effect.succeed(new Uint8Array(Buffer.concat(chunks))),
      correlationId: "1",
    }).pipe(
      Effect.provideService(WebhookConfig, config),
      Effect.provideService(UpdateQueue, {
        send: ({ attributes }) => Effect.sync(() => void queued.push(attributes.updateId)),
      }),
      Effect.provide(metricsLayer),
      Effect.provide(Logger.layer([])),
    )
    Effect.runPromise(received).then(({ body, status }) => {
      if (request.headers["x-concierge-operator"] !== "key") answered.push(status)
      response.writeHead(status).end(body)
    })
  })
}

let server: Server
let url = ""
beforeAll(async () => {
  server = createServer(deployed)
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/telegram/webhook`
  const fakes = fileURLToPath(new URL("../../fixtures/cli", import.meta.url))
  Object.assign(process.env, { FAKE_SST: place, PATH: `${fakes}${delimiter}${variables.PATH}` })
})
afterAll(() => {
  server.close()
  Object.assign(process.env, { PATH: variables.PATH })
  delete process.env.FAKE_SST
  rmSync(root, { recursive: true })
})

const set = (name: string, value: string, where = ["secrets", "deployed"]) => {
  for (const each of where) writeFileSync(at(each, name), value)
}

/** A stage that is deployed with the first secret, and a Telegram that knows it. */
beforeEach(() => {
  rmSync(place, { recursive: true, force: true })
  for (const each of ["secrets", "0"]) mkdirSync(at(each), { recursive: true })
  symlinkSync("0", at("deployed"))
  writeFileSync(at("url"), url)
  writeFileSync(at("when"), "before")
  set("TelegramWebhookSecret", "the-first")
  set("TelegramBotToken", botToken)
  answered.length = 0
  queued.length = 0
})

const dies = (call: number, when: string) => {
  writeFileSync(at("calls"), "")
  writeFileSync(at("dies"), String(call))
  writeFileSync(at("when"), when)
}

const steps: Array<string> = []
const told = Effect.provideService(Steps, {
  done: (what) => Effect.sync(() => void steps.push(what)),
  begun: (what) => Effect.sync(() => void steps.push(what)),
})

const rotation = (change: { readonly deploys?: boolean } = {}) =>
  Effect.suspend(() => {
    steps.length = 0
    return told(rotateWebhook({ stage: "dev", deploys: true, waits: false, ...change }))
  })

/** What the operator is told where it cannot go on. */
const problem = <A, E, R>(rotating: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Effect.flip(rotating), (error) =>
    error instanceof BadInput ? Effect.succeed(error) : Effect.die(error),
  )

/** The tool is told where this bot's Telegram is. */
const withItsApi = <A, E>(bot: Layer.Layer<A | Bot.Bot, E>) =>
  Layer.provideMerge(
    ConfigProvider.layer(
      Effect.map(Bot.Bot, ({ url: origin }) => ConfigProvider.fromUnknown({ TELEGRAM_API: origin })),
    ),
    bot,
  )

const known = Effect.gen(function* () {
  const { call } = yield* Bot.Bot
  yield* call((api) => api.setWebhook(url, { secret_token: "the-first", max_connections: 7 }))
})

/** People write all the while. */
const writing = Effect.gen(function* () {
  const telegram = yield* StandIn
  for (let sent = 0; ; sent++) {
    yield* telegram.send({ chatId: 1_000 + sent, from: { first_name: "Ana" }, text: "/start" })
    yield* Effect.sleep("10 millis")
  }
})

layer(withItsApi(Bot.layer()), { timeout: "60 seconds", excludeTestServices: true })(
  "concierge secrets rotate webhook",
  (it) => {
    it.effect("people write all the while, and Telegram is never answered 401", () =>
      Effect.gen(function* () {
        yield* known
        const people = yield* Effect.forkChild(writing)
        const { formerUntil, isDone } = yield* rotation()
        yield* Effect.sleep("100 millis")
        yield* Fiber.interrupt(people)
        assert.isFalse(isDone)
        assert.isAbove(answered.length, 10)
        assert.deepStrictEqual([...new Set(answered)], [200])
        assert.isAbove(Date.parse(formerUntil ?? "") - Date.now(), 10 * 60_000)
        assert.strictEqual(read("secrets/FormerWebhookSecret"), `the-first@${formerUntil}`)
        const secret = read("deployed/TelegramWebhookSecret")
        assert.match(secret, /^[\w-]{43}$/)
        // No secret is anybody's to read among the arguments of processes.
        for (const each of ["the-first", secret]) assert.notInclude(read("calls"), each)
        const { max_connections } = yield* (yield* Bot.Bot).call((api) => api.getWebhookInfo())
        assert.strictEqual(max_connections, 7)
        // Once it has ended, the same command clears it away, and only then begins another.
        set(
          "FormerWebhookSecret",
          formerText({ value: Redacted.make("the-first"), until: iso("2026-01-01T00:00:00.000Z") }),
        )
        assert.deepStrictEqual(yield* rotation(), { isDone: true })
        assert.isFalse(existsSync(at("secrets/FormerWebhookSecret")))
        assert.strictEqual(read("secrets/TelegramWebhookSecret"), secret)
      }),
    )

    it.effect.each(["before", "after"])(
      "broken off %s any step and run again, it goes on, and nobody is refused",
      (when) =>
        Effect.gen(function* () {
          const telegram = yield* StandIn
          const calls = ["secret list", "secret set", "secret set", "shell", "deploy"]
          for (const [index, expected] of calls.entries()) {
            set("TelegramWebhookSecret", "the-first")
            rmSync(at("secrets/FormerWebhookSecret"), { force: true })
            rmSync(at("deployed/FormerWebhookSecret"), { force: true })
            yield* known
            dies(index + 1, when)
            const { advice } = yield* problem(rotation())
            assert.match(advice, /failed: .*run it again$/)
            assert.include(read("calls").trim().split("\n").at(-1), expected)
            // Whoever deploys now deploys what Telegram knows.
            if (index % 2 === 0) set("TelegramWebhookSecret", read("secrets/TelegramWebhookSecret"), ["deployed"])
            if (index % 2 === 0 && existsSync(at("secrets/FormerWebhookSecret")))
              set("FormerWebhookSecret", read("secrets/FormerWebhookSecret"), ["deployed"])
            yield* telegram.send({ chatId: 5_000 + index, from: { first_name: "Eva" }, text: "/start" })
            yield* rotation()
            yield* telegram.send({ chatId: 6_000 + index, from: { first_name: "Eva" }, text: "/start" })
            // Before all is set back for the next one.
            yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => new Set(queued).size === 2 * (index + 1) })
          }
          assert.deepStrictEqual([...new Set(answered)], [200])
          assert.lengthOf(new Set(queued), 2 * calls.length)
        }),
    )

    it.effect("by hand: it says what to deploy, tells Telegram nothing before, and goes on afterwards", () =>
      Effect.gen(function* () {
        yield* known
        const first = yield* rotation({ deploys: false })
        assert.deepInclude(first, { isDone: false, next: "npx sst deploy --stage dev" })
        const again = yield* rotation({ deploys: false })
        assert.deepStrictEqual(again, first)
        assert.notInclude(read("calls"), "deploy")
        assert.notInclude(steps.join(), "Telegram sends")
        set("TelegramWebhookSecret", read("secrets/TelegramWebhookSecret"), ["deployed"])
        set("FormerWebhookSecret", read("secrets/FormerWebhookSecret"), ["deployed"])
        yield* rotation({ deploys: false })
        assert.include(steps, "Telegram sends the new secret")
      }),
    )

    it.effect("a webhook that leads elsewhere is left alone", () =>
      Effect.gen(function* () {
        yield* known
        yield* (yield* Bot.Bot).call((api) => api.setWebhook("http://127.0.0.1:1/telegram/webhook"))
        const { advice } = yield* problem(rotation())
        assert.match(advice, /leads to http:\/\/127\.0\.0\.1:1, and not to this stage/)
      }),
    )
  },
)

const newToken = "4242:another-secret_of-the-same-bot-by-BotFather"

const tokenRotation = (token: string) =>
  Effect.suspend(() => told(rotateToken({ stage: "dev", deploys: true, token: Redacted.make(token) })))

layer(withItsApi(Bot.layer({ botToken: newToken })), { timeout: "60 seconds", excludeTestServices: true })(
  "concierge secrets rotate token",
  (it) => {
    it.effect.each(["before", "after"])("broken off %s any step and run again, it goes on to the webhook", (when) =>
      Effect.gen(function* () {
        const calls = ["secret list", "secret set", "shell", "deploy"]
        for (const [index, expected] of calls.entries()) {
          set("TelegramBotToken", botToken)
          dies(index + 1, when)
          yield* Effect.flip(tokenRotation(newToken))
          assert.include(read("calls").trim().split("\n").at(-1), expected)
          assert.deepStrictEqual(yield* tokenRotation(newToken), { isDone: true })
          assert.strictEqual(read("deployed/TelegramBotToken"), newToken)
        }
        assert.notInclude(read("calls"), newToken)
        const telegram = yield* StandIn
        yield* telegram.send({ chatId: 7_000, from: { first_name: "Eva" }, text: "/start" })
        yield* Effect.sleep("100 millis")
        assert.deepStrictEqual(answered, [200])
      }),
    )

    it.effect.each([
      ["another bot's", `777${newToken}`, /is of bot 7774242, and this is bot 4242: nothing was changed/],
      ["one that Telegram does not know", `${newToken}x`, /getMe: Unauthorized/],
    ] as const)("%s is refused before anything is changed", ([, token, why]) =>
      Effect.gen(function* () {
        assert.match((yield* Effect.flip(tokenRotation(token))).advice, why)
        assert.strictEqual(read("secrets/TelegramBotToken"), botToken)
        assert.strictEqual(read("calls").trim(), "secret list --stage dev")
      }),
    )
  },
)
