import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { parseHtml } from "../../../packages/local/telegram/entities/parseHtml.ts"
import { states } from "../../fixtures/concierge.ts"
import { receive, tell } from "../../layers/drive.ts"
import { eventOf, outcomeOf, queued, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const names = [
  "🌸 Ána 👨‍👩‍👧‍👦",
  "محمد",
  "\u202eanA\u202c",
  "\u2067Ana\u2069\u2069",
  "<b>",
  "</b><script>",
  "a_b*<c>[x](y)`z`",
  "&amp; &lt; &",
  "x".repeat(500),
  "🌸".repeat(250),
  "é\u0301".repeat(250),
  "   ",
  "\u2800",
  "\u0000\u0007",
  "\ud83d",
  "'; DROP TABLE users; --",
  '"}{',
  "",
]

const shown = (html: string): string => {
  const parsed = parseHtml(html)
  return Result.isSuccess(parsed) ? parsed.success.text : `not HTML: ${html}`
}

describe("a name", () => {
  it.effect.each(names)("goes through the whole onboarding and is stored as it is: %s", (first_name) =>
    Effect.gen(function* () {
      const ana = somebody({ first_name, last_name: first_name })
      const updates = [yield* says(ana, "/start"), yield* taps(ana, "play_audio"), yield* taps(ana, "finish")]
      for (const update of updates) {
        yield* tell(Effect.succeed(update))
        assert.strictEqual(yield* outcomeOf(update), "applied")
      }
      const telegram = yield* TelegramTest
      assert.deepStrictEqual(
        telegram.accepted().map(({ method }) => method),
        ["sendVideo", "sendVoice", "sendMessage"],
      )
      const user = yield* userOf(ana)
      assert.strictEqual(user.state, states.done)
      if (first_name !== "" && first_name.isWellFormed())
        assert.deepInclude(user, { firstName: first_name, lastName: first_name })
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect.each([
    ["a_b*<c>", "a_b*<c>"],
    ["محمد", "محمد"],
    ["<b>&amp;", "<b>&amp;"],
    ["🌸 Ána", "🌸 Ána"],
    ["x".repeat(500), `${"x".repeat(64)}…`],
  ] as const)("arrives intact, isolated in direction: %s", ([first_name, seen]) =>
    Effect.gen(function* () {
      yield* tell(says(somebody({ first_name }), "/start"))
      const [video] = (yield* TelegramTest).sends()
      assert.include(shown(video?.message.html ?? ""), `Hi, \u2068${seen}\u2069!`)
    }).pipe(inWorld),
  )
})

const payloads = [
  "",
  "x".repeat(64),
  "*** not valid ***",
  Buffer.from([0xff, 0xfe, 0x00, 0x80]).toString("base64url"),
  Buffer.from("\u0000\u0001\u0002|||||").toString("base64url"),
  "=".repeat(512),
  "typed ".repeat(100).slice(0, 512),
  "x".repeat(4_080),
  "🌸".repeat(2_040),
  "\u0000",
  "\ud800",
  "<b>&",
  "a\nb\tc",
  "\u202eref",
  "__proto__",
]

describe("a payload", () => {
  it.effect.each(payloads)("never stops onboarding: %j", (payload) =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, `/start ${payload}`)
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
      const user = yield* userOf(ana)
      assert.strictEqual(user.state, states.video)
      assert.isAtMost(user.last_ref_code?.length ?? 0, 64)
      assert.isAtMost(user.ref_code?.length ?? 0, 512)
      assert.strictEqual(user.attributed_at === undefined, user.ref_code === undefined && user.utm === undefined)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})

const odd = (change: (message: Record<string, unknown>) => Record<string, unknown>) => {
  const person = { id: 2 ** 40, first_name: "Ana" }
  const message = { message_id: 2 ** 33, date: 1_772_600_767, chat: { id: 2 ** 40, type: "private" }, from: person }
  return { update_id: 6_000_000_000, message: change({ ...message, text: "/start" }) }
}

describe("an update of a kind that we use", () => {
  const parkedOnes = [
    odd(({ chat: _, ...message }) => message),
    odd(({ date: _, ...message }) => message),
    odd((message) => ({ ...message, text: 42 })),
    odd((message) => ({ ...message, date: -1 })),
    odd((message) => ({ ...message, date: 1e15 })),
    odd((message) => ({ ...message, from: { id: "7" } })),
    odd((message) => ({ ...message, from: { id: 1.5 } })),
    { update_id: 6_000_000_000, message: {} },
    { update_id: 6_000_000_000, message: [] },
    { update_id: 6_000_000_000, callback_query: {} },
    { update_id: 6_000_000_000, my_chat_member: "kicked" },
  ]

  it.effect.each(parkedOnes)("and cannot decode is parked, whole: %j", (update) =>
    Effect.gen(function* () {
      yield* tell(Effect.succeed(update))
      const event = yield* eventOf(update)
      assert.strictEqual(event?.outcome, "parked")
      assert.deepStrictEqual(typeof event?.payload === "string" ? JSON.parse(event.payload) : undefined, update)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("nested as deep as a body allows is worked or parked, never lost", () =>
    Effect.gen(function* () {
      const depth = 100_000
      const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`
      const bytes = (json: string) => new TextEncoder().encode(json)
      const { status } = yield* receive(bytes(`{"update_id":6000000001,"message":${nested}}`))
      assert.strictEqual(status, 200)
      const start = JSON.stringify({ ...odd((message) => message), update_id: 6_000_000_002 })
      yield* receive(bytes(`${start.slice(0, -1)},"more":${nested}}`))
      yield* tell()
      yield* tell(says(somebody(), "/start"))
      assert.strictEqual(yield* outcomeOf({ update_id: 6_000_000_001 }), "parked")
      assert.strictEqual(yield* outcomeOf({ update_id: 6_000_000_002 }), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})
