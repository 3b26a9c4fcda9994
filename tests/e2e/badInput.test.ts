import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states, stepOf } from "../fixtures/concierge.ts"
import * as Host from "./support/Host.ts"
import { ask } from "./support/http.ts"
import { requestWith, statusLineOf } from "./support/raw.ts"
import { messageUpdate, unusedKinds } from "./support/updates.ts"
import { visitor, wordsOf } from "./support/visitor.ts"

const wrongSecret = { "x-telegram-bot-api-secret-token": "wrong" }

layer(Host.layer, { timeout: "60 seconds", excludeTestServices: true })("bad input over HTTP", (it) => {
  it.effect("the webhook checks in its order, and queues nothing that it refuses", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const status = (body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
        Effect.map(host.post(body, headers), ({ status }) => status)
      const before = yield* host.stats
      const get = yield* ask(`${host.url}/telegram/webhook`)
      assert.deepStrictEqual([get.status, get.headers.get("allow")], [405, "POST"])
      assert.strictEqual((yield* ask(`${host.url}/telegram/webhook`, { method: "PUT", body: "{" })).status, 405)

      const unknown = yield* ask(`${host.url}/telegram/webhook`, { method: "POST", body: "{" })
      assert.deepStrictEqual([unknown.status, unknown.text], [401, '{"error":"Unauthorized"}'])
      for (const body of ["{", JSON.stringify(messageUpdate(1, 1, "x")), "x".repeat(300_000)]) {
        assert.strictEqual(yield* status(body, wrongSecret), 401)
      }
      assert.strictEqual(yield* status("", { "x-telegram-bot-api-secret-token": "x".repeat(5_000) }), 401)
      assert.strictEqual(yield* status("x".repeat(262_145)), 413)
      assert.strictEqual(yield* status("x".repeat(20_000_000)), 413)

      for (const body of ["", "{", "null", "[]", '"text"', "7", "{}", '{"update_id":"1"}', '{"update_id":1.5}']) {
        const refused = yield* host.post(body)
        assert.strictEqual(refused.status, 400, body)
        assert.match(JSON.parse(refused.text).error, /^(the body is not|update_id is missing)/)
      }
      assert.strictEqual(yield* status('{"update_id":9007199254740993}'), 400)
      assert.strictEqual(yield* status(Buffer.from('{"update_id":1,"x":"\xff"}', "latin1")), 400)
      assert.deepStrictEqual(yield* host.stats, before)
    }),
  )

  it.effect("a header that comes twice opens nothing, and holds up nobody", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const before = yield* host.stats
      const body = JSON.stringify({ update_id: 1_900, poll: {} })
      const status = (headers: Readonly<Record<string, string | Array<string>>>) =>
        Effect.map(
          requestWith(`${host.url}/telegram/webhook`, { method: "POST", body, headers }),
          ({ status }) => status,
        )
      const [token, right] = ["x-telegram-bot-api-secret-token", host.secret]
      for (const secrets of [
        [right, "wrong"],
        ["wrong", right],
        [right, right],
        [right, ""],
      ]) {
        assert.strictEqual(yield* status({ [token]: secrets }), 401, String(secrets.indexOf(right)))
      }
      const head = `POST /telegram/webhook HTTP/1.1\r\nHost: ${new URL(host.url).host}\r\n${token}: ${right}\r\n`
      const lengths = `${head}Content-Length: 2\r\nContent-Length: ${body.length}\r\n\r\n${body}`
      assert.include(yield* statusLineOf(Number(new URL(host.url).port), lengths), "400")
      assert.deepStrictEqual(yield* host.stats, before)
      assert.strictEqual(yield* status({ [token]: right, "content-type": ["application/json", "text/html"] }), 200)
    }),
  )

  it.effect("the largest body that is taken is worked", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const update = { update_id: 2_000, poll: { id: "" } }
      update.poll.id = "x".repeat(262_144 - JSON.stringify(update).length)
      assert.strictEqual((yield* host.post(update)).status, 200)
      assert.strictEqual((yield* host.outcome(2_000)).outcome, "ignored: unused kind")
    }),
  )

  it.effect("the same update twice is one update", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const person = visitor(201)
      yield* person.says("/help")
      const before = yield* host.settled
      const update = messageUpdate(2_100, 201, "/start ref_twice")
      const both = yield* Effect.all([host.post(update), host.post(update)], { concurrency: 2 })
      assert.deepStrictEqual(
        both.map(({ status, text }) => [status, text]),
        [
          [200, '{"ok":true}'],
          [200, '{"ok":true}'],
        ],
      )
      yield* host.outcome(2_100)
      yield* host.post(update)
      const after = yield* host.settled
      assert.deepStrictEqual(
        [after.accepted, after.applied, after.sent],
        [before.accepted + 1, before.applied + 1, before.sent + 1],
      )
      assert.isAbove((yield* host.event(2_100))?.deliveries ?? 0, 1)
    }),
  )

  it.effect.each(unusedKinds.map((kind, index) => [kind, 2_200 + index] as const))("%s is ignored", ([kind, id]) =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      assert.strictEqual((yield* host.post({ update_id: id, [kind]: { id: "1", from: { id: 1 } } })).status, 200)
      assert.deepInclude(yield* host.outcome(id), { outcome: "ignored: unused kind", eventType: kind })
    }),
  )

  it.effect.each([
    ["a message that is none", 2_300, { message: "hello" }],
    ["an id that is a text", 2_301, { message: { message_id: 1, date: 1, chat: { id: "1" }, from: { id: "1" } } }],
    ["a tap by nobody", 2_302, { callback_query: { id: "1" } }],
    ["a time in the year 300000", 2_303, { message: { message_id: 1, date: 9e12, chat: { id: 1 }, from: { id: 1 } } }],
    ["a membership without a status", 2_304, { my_chat_member: { chat: { id: 1 }, from: { id: 1 }, date: 1 } }],
  ] as const)("%s is parked, whole", ([, id, content]) =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const update = { update_id: id, ...content }
      assert.strictEqual((yield* host.post(update)).status, 200)
      const event = yield* host.outcome(id)
      assert.deepStrictEqual([event.outcome, event.payload], ["parked", JSON.stringify(update)])
    }),
  )

  it.effect.each([
    ["markup of Markdown and HTML", 211, "a_b*<c>&", "a_b*<c>&"],
    ["tags", 212, "<b>Ana</b>", "<b>Ana</b>"],
    ["emoji", 213, "👩‍👩‍👧‍👦 Zoë", "👩‍👩‍👧‍👦 Zoë"],
    ["Arabic", 214, "محمد", "محمد"],
    ["marks of direction", 215, "\u202Eevil\u2066", "evil"],
    ["500 letters", 216, "x".repeat(500), `${"x".repeat(64)}…`],
    ["500 emoji", 217, "👋".repeat(500), `${"👋".repeat(64)}…`],
  ] as const)("a name of %s arrives intact", ([, id, first_name, shown]) =>
    Effect.gen(function* () {
      const person = visitor(id, { first_name })
      const { event, messages } = yield* person.says("/start")
      assert.strictEqual(event.outcome, "applied")
      assert.include(wordsOf(messages[0]), `Hi, \u2068${shown}\u2069!`)
      const [greeting] = (yield* person.taps(stepOf("voice").data)).messages
      assert.isDefined(greeting?.voice)
      assert.strictEqual((yield* person.stored)?.firstName, first_name)
    }),
  )

  it.effect.each([
    ["nothing", 221, "", undefined],
    ["64 characters", 222, "A".repeat(64), "A".repeat(64)],
    ["what no link can carry", 223, "not base64url! ñ", undefined],
    ["bytes", 224, "\u0001\u0002", undefined],
    ["512 typed characters", 225, `${"a=".repeat(256)}`, undefined],
    ["one more", 226, "x".repeat(513), undefined],
  ] as const)("a payload of %s never stops onboarding", ([, id, payload, ref_code]) =>
    Effect.gen(function* () {
      const person = visitor(id)
      assert.isDefined((yield* person.says(`/start ${payload}`)).messages[0]?.video)
      const user = yield* person.stored
      assert.deepStrictEqual([user?.state, user?.ref_code], [states.video, ref_code])
    }),
  )

  it.effect.each([
    ["a file below a file", "/main.js/x"],
    ["a name of 500 characters", `/${"x".repeat(500)}`],
    ["a path of 6,000 characters", "/x".repeat(3_000)],
    ["a user's id of 5,000 characters", `/sandbox/users/${"x".repeat(5_000)}`],
    ["a file's id of 5,000 characters", `/sandbox/files/${"x".repeat(5_000)}`],
    ["a directory without a page", "/icons/"],
    ["what is no UTF-8", "/%FF"],
    ["a null byte", "/main.js%00"],
    ["a file outside of the page", "/..%2Fmain.ts"],
  ])("%s is not there, which is no failure", ([, path]) =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const { status } = yield* requestWith(host.url + path, { headers: {} })
      assert.strictEqual(status, 404)
      assert.notMatch(host.process.stdout() + host.process.stderr(), /failed/)
    }),
  )

  it.effect("at the end every update has come to exactly one outcome", () =>
    Effect.gen(function* () {
      const { accepted, applied, dead, ignored, parked, queued } = yield* (yield* Host.Host).settled
      assert.deepStrictEqual([queued, dead, accepted], [0, 0, applied + ignored + parked])
    }),
  )
})
