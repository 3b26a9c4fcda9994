import { displayName } from "@concierge/core/onboarding/Name.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { receive, setAside, tell, workBatch } from "../../layers/drive.ts"
import { outcomeOf, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const base64url = (text: string): string => Buffer.from(text).toString("base64url")

const attributionOf = ({ attributed_at, ref_code, utm }: Effect.Success<ReturnType<typeof userOf>>) => ({
  ...(ref_code !== undefined && { ref_code }),
  ...(utm !== undefined && { utm }),
  ...(attributed_at !== undefined && { attributed_at }),
})

const at = iso("2026-03-04T05:06:07.000Z")
const storedLink = "l_abcdEFGH0123-_xy"

const forms = [
  {
    form: "a token",
    payload: base64url("ana|instagram|story|spring|n1|1700000000"),
    expected: { ref_code: "ana", utm: { source: "instagram", medium: "story", campaign: "spring" } },
  },
  {
    form: "a query",
    payload: base64url("utm_source=ig&utm_content=a+b&ref=eva"),
    expected: { ref_code: "eva", utm: { source: "ig", content: "a b" } },
  },
  { form: "a plain code", payload: "ref_summer24", expected: { ref_code: "ref_summer24" } },
  { form: "a code that is base64url by chance", payload: "ref_campaign123", expected: { ref_code: "ref_campaign123" } },
]

describe("attribution", () => {
  it.effect.each(forms)("is set by $form, together with its time", ({ expected, payload }) =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, `/start ${payload}`))
      assert.deepStrictEqual(attributionOf(yield* userOf(ana)), { ...expected, attributed_at: at })
    }).pipe(inWorld),
  )

  it.effect("never changes once it is set: not by another link, a restart, nor the end", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start ref_first"))
      yield* TestClock.adjust("1 minute")
      yield* tell(says(ana, `/start ${forms[0]?.payload}`), taps(ana, "finish"), says(ana, "/restart"))
      yield* TestClock.adjust("1 minute")
      yield* tell(says(ana, "/start ref_second"))
      assert.deepStrictEqual(attributionOf(yield* userOf(ana)), { ref_code: "ref_first", attributed_at: at })
    }).pipe(inWorld),
  )

  it.effect("comes from the first /start that says something, even after one that did not", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      assert.deepStrictEqual(attributionOf(yield* userOf(ana)), {})
      yield* TestClock.adjust("59 seconds")
      yield* tell(says(ana, "/start ref_late"))
      const attributed_at = iso("2026-03-04T05:07:07.000Z")
      assert.deepStrictEqual(attributionOf(yield* userOf(ana)), { ref_code: "ref_late", attributed_at })
    }).pipe(inWorld),
  )

  it.effect("comes with a double tap, too: it is a /start as well", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(taps(ana, "watch_video"), says(ana, "/start ref_a"))
      assert.strictEqual((yield* userOf(ana)).ref_code, "ref_a")
    }).pipe(inWorld),
  )

  it.effect("of a /start too old to be worked is none", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const batch = yield* setAside(says(ana, "/start ref_old"))
      yield* TestClock.adjust("31 days")
      yield* workBatch(batch)
      assert.deepStrictEqual(attributionOf(yield* userOf(ana)), {})
    }).pipe(inWorld),
  )

  it.effect("a button never attributes anybody", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(taps(ana, "watch_video"))
      assert.deepStrictEqual(attributionOf(yield* userOf(ana)), {})
    }).pipe(inWorld),
  )
})

describe("a link of the form that stored ones will have", () => {
  it.effect("is a plain code until there are any, and nothing is said of it", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, `/start ${storedLink}`)
      yield* tell(Effect.succeed(start))
      const [video, ...more] = (yield* TelegramTest).sends()
      assert.lengthOf(more, 0)
      assert.strictEqual(video?.method, "sendVideo")
      assert.strictEqual(video?.message.html, copy.en.steps.video.caption({ name: displayName("Ana"), answers: {} }))
      assert.strictEqual(yield* outcomeOf(start), "applied")
      const user = yield* userOf(ana)
      assert.strictEqual(user.state, states.video)
      assert.deepStrictEqual(attributionOf(user), { ref_code: storedLink, attributed_at: at })
    }).pipe(inWorld),
  )

  it.effect("leads somebody who has finished to no more than the menu", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"), taps(ana, "finish"), says(ana, `/start ${storedLink}`))
      const html = (yield* TelegramTest).sends().at(-1)?.message.html
      assert.strictEqual(html, copy.en.menu.text)
    }).pipe(inWorld),
  )

  it.effect("stands, like every first link", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, `/start ${storedLink}`), says(ana, "/start ref_b"))
      assert.strictEqual((yield* userOf(ana)).ref_code, storedLink)
    }).pipe(inWorld),
  )
})

describe("the times of /start", () => {
  it.effect("are of the first and of the last, in whatever order they come", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const first = yield* says(ana, "/start a")
      yield* TestClock.adjust("60 seconds")
      const last = yield* says(ana, "/start b")
      yield* tell(Effect.succeed(last), Effect.succeed(first))
      yield* receive(first)
      assert.deepInclude(yield* userOf(ana), { first_start_ts: at, last_start_ts: iso("2026-03-04T05:07:07.000Z") })
    }).pipe(inWorld),
  )
})
