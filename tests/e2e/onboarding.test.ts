import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states, stepOf } from "../fixtures/concierge.ts"
import * as Host from "./support/Host.ts"
import { assertMp4, fileOf, mp3Seconds } from "./support/media.ts"
import { root } from "./support/process.ts"
import { buttonsOf, visitor, wordsOf } from "./support/visitor.ts"

const [video, greeting, finish] = [stepOf("video"), stepOf("voice"), stepOf("finish")]
const link = (text: string): string => Buffer.from(text).toString("base64url")

const people = [
  ["English", 101, { first_name: "Zoë", language_code: "en-GB" }, [/Hi, .*Zoë/, /greeting for you/, /That's it/]],
  ["Spanish", 102, { first_name: "José", language_code: "es-MX" }, [/¡Hola, .*José/, /saludo para ti/, /¡Eso es todo/]],
] as const

layer(Host.layer, { timeout: "60 seconds", excludeTestServices: true })("onboarding over HTTP", (it) => {
  it.effect.each(people)("brings somebody from a campaign's link to the end, in %s", ([, id, from, words]) =>
    Effect.gen(function* () {
      const person = visitor(id, from)
      const start = yield* person.says(`/start ${link("summer24|instagram|story|launch|n1|1")}`)
      const [welcome] = start.messages
      assert.deepInclude<object>(start.event ?? {}, {
        eventType: "start",
        outcome: "applied",
        userId: `telegram_${id}`,
      })
      assert.match(wordsOf(welcome), words[0])
      assert.deepStrictEqual(buttonsOf(welcome), [greeting.data])
      assertMp4(yield* fileOf(welcome?.video?.file_id))
      assert.isAbove(welcome?.video?.duration ?? 0, 2)

      const heard = yield* person.taps(greeting.data)
      const [voice] = heard.messages
      assert.strictEqual(heard.event.outcome, "applied")
      assert.match(wordsOf(voice), words[1])
      assert.deepStrictEqual([voice?.voice?.mime_type, buttonsOf(voice)], ["audio/mpeg", [finish.data]])
      assert.isAbove(mp3Seconds(yield* fileOf(voice?.voice?.file_id)), 2)

      const end = yield* person.taps(finish.data)
      assert.match(wordsOf(end.messages[0]), words[2])
      const user = yield* person.stored
      assert.deepInclude(user, {
        state: states.done,
        firstName: from.first_name,
        languageCode: from.language_code,
        run: 1,
      })
      assert.deepInclude(user, { ref_code: "summer24", blocked: false, unresolved: 0, ambiguous: 0 })
      assert.deepStrictEqual(user?.utm, { source: "instagram", medium: "story", campaign: "launch" })
      assert.deepStrictEqual(
        Object.keys(user?.state_progress ?? {}),
        brand.flow.steps.map(({ id }) => id),
      )
      assert.strictEqual((yield* person.taps(finish.data)).messages.length, 0)
    }),
  )

  it.effect.each([
    ["a token", 111, link("ref|web|banner|spring|n|1"), "ref", { source: "web", medium: "banner", campaign: "spring" }],
    ["a query", 112, link("utm_source=ad&utm_content=b"), undefined, { source: "ad", content: "b" }],
    ["a plain code", 113, "ref_campaign123", "ref_campaign123", undefined],
  ] as const)("knows the campaign of %s, for good", ([, id, payload, ref_code, utm]) =>
    Effect.gen(function* () {
      const person = visitor(id)
      yield* person.says(`/start ${payload}`)
      yield* person.says("/start somebody_else")
      const user = yield* person.stored
      assert.deepStrictEqual([user?.ref_code, user?.utm], [ref_code, utm])
      assert.isString(user?.attributed_at)
    }),
  )

  it.effect("goes on where somebody left off, and begins anew when they wish", () =>
    Effect.gen(function* () {
      const person = visitor(121)
      assert.include(buttonsOf((yield* person.says("/menu")).messages[0]), video.data)
      yield* person.says("/start")
      assert.deepStrictEqual(buttonsOf((yield* person.says("/start")).messages[0]), [greeting.data])
      // Two within seconds are one wish, whatever they carry.
      assert.deepStrictEqual(buttonsOf((yield* person.says("/start other")).messages[0]), [greeting.data])
      assert.isDefined((yield* person.taps(greeting.data)).messages[0]?.voice)
      assert.deepStrictEqual(buttonsOf((yield* person.says("hello?")).messages[0]), [finish.data])
      assert.isDefined((yield* person.taps(video.data)).messages[0]?.video)
      assert.strictEqual((yield* person.stored)?.state, states.greeting)
      assert.deepStrictEqual((yield* person.edits("/start")).messages, [])

      const menu = yield* person.says("/menu")
      assert.deepStrictEqual(buttonsOf(menu.messages[0]), [video.data, greeting.data, "language", "restart"])
      const [restarted] = (yield* person.says("/restart")).messages
      assert.match(wordsOf(restarted), /beginning[\s\S]*principio/)
      assert.deepInclude(yield* person.stored, { state: states.new, state_progress: {}, run: 2 })
      assert.isDefined((yield* person.taps(video.data)).messages[0]?.video)
    }),
  )

  it.effect("speaks the language that somebody chooses", () =>
    Effect.gen(function* () {
      const person = visitor(131, { first_name: "Kim", language_code: "ko" })
      assert.match(wordsOf((yield* person.says("/start")).messages[0]), /Welcome/)
      assert.deepStrictEqual(buttonsOf((yield* person.says("/language")).messages[0]), ["language:en", "language:es"])
      assert.match(wordsOf((yield* person.taps("language:es")).messages[0]), /español/)
      assert.deepInclude(yield* person.stored, { language: "es", languageCode: "ko" })
      assert.match(wordsOf((yield* person.says("/help")).messages[0]), /en un minuto/)
    }),
  )

  it.effect("forgets somebody who asks for it, and knows them no more", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const person = visitor(141)
      const start = yield* host.send({ chatId: 141, text: "/start ref_x" })
      yield* host.outcome(start)
      const [no, yes] = [...buttonsOf((yield* person.says("/forgetme")).messages[0])].toReversed()
      assert.match(wordsOf((yield* person.taps(no ?? "")).messages[0]), /nothing was deleted/)
      assert.isDefined(yield* person.stored)
      const { event, messages } = yield* person.taps(yes ?? "")
      assert.match(wordsOf(messages[0]), /You are forgotten/)
      assert.strictEqual(event.outcome, "applied")
      assert.isUndefined(yield* person.stored)
      const before = yield* host.event(start)
      assert.deepStrictEqual([before?.userId, before?.payload, before?.outcome], [undefined, undefined, "applied"])
      yield* person.says("/start")
      assert.deepInclude(yield* person.stored, { state: states.video, run: 1 })
      assert.isUndefined((yield* person.stored)?.ref_code)
    }),
  )

  it.effect("in a group, opens the private chat and stores nobody", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const group = (text: string) =>
        Effect.flatMap(host.send({ chatId: -1_000_000_000_151, fromId: 151, text }), host.outcome)
      assert.strictEqual((yield* group("/start@otherbot x")).outcome, "ignored: group")
      assert.strictEqual((yield* group("/start x")).outcome, "ignored: group")
      assert.strictEqual((yield* group(`/start@${brand.bot.username} ref_1`)).outcome, "applied")
      assert.strictEqual((yield* group(`/start@${brand.bot.username} ref_1`)).outcome, "ignored: throttled")
      const sent = yield* host.messages(-1_000_000_000_151)
      assert.deepStrictEqual(sent.map(buttonsOf), [[`https://t.me/${brand.bot.username}?start=ref_1`]])
      assert.isUndefined(yield* host.user(151))
    }),
  )

  it.effect("writes nothing to somebody who has blocked the bot, until they come back", () =>
    Effect.gen(function* () {
      const person = visitor(161)
      yield* person.says("/start")
      yield* person.becomes("kicked")
      assert.isTrue((yield* person.stored)?.blocked)
      const { event, messages } = yield* person.taps(greeting.data)
      assert.deepStrictEqual([event.outcome, messages], ["ignored: blocked", []])
      yield* person.becomes("member")
      assert.isFalse((yield* person.stored)?.blocked)
      assert.isDefined((yield* person.taps(greeting.data)).messages[0]?.voice)
    }),
  )

  it.effect("knows whoever writes the README's first update, though it never met them", () =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const readme = yield* Effect.promise(() => readFile(join(root, "README.md"), "utf8"))
      const body = /-d '(\{\s*"update_id[^']*)'/.exec(readme)?.[1] ?? assert.fail("the README shows no update")
      assert.strictEqual((yield* host.post(body)).status, 200)
      assert.strictEqual((yield* host.outcome(1)).outcome, "applied")
      assert.deepInclude(yield* host.user(1001), { firstName: "Ana", state: states.video, ref_code: "ref_summer24" })
      const [welcome] = yield* host.messages(1001)
      assert.deepInclude(welcome?.chat, { id: 1001, type: "private", first_name: "Ana" })
    }),
  )
})
