import { brand } from "@concierge/brands/concierge/brand.ts"
import { forgetWindow } from "@concierge/core/delivery/times.ts"
import { eventId, sessionId, userIdOf } from "@concierge/core/ids.ts"
import type { Button, Content } from "@concierge/core/onboarding/Content.ts"
import type { Plan, Saying } from "@concierge/core/onboarding/decide.ts"
import { goodbye, localeFor, messageOf } from "@concierge/core/onboarding/messages.ts"
import { unlocked } from "@concierge/core/onboarding/profile.ts"
import { newUser, type User } from "@concierge/core/onboarding/User.ts"
import { iso, millisOf } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { parseHtml } from "../../../packages/local/telegram/entities/parseHtml.ts"
import { states, stepOf } from "../../fixtures/concierge.ts"
import { copy, copyLocales, restarted } from "../../fixtures/copy.ts"

const now = iso("2026-03-04T05:06:07.890Z")
const lock = { token: "t", event: eventId("e"), until: now }

const person = (change: Partial<User> = {}) =>
  unlocked({
    ...newUser({ userId: userIdOf(7), telegramId: 7, sessionId: sessionId("s"), now, lock }),
    firstName: "<b>&\"'",
    ...change,
  })

/** Somebody who has had so many of the brand's steps. */
const whoHad = (count: number, change: Partial<User> = {}) => {
  const had = brand.flow.steps.slice(0, count)
  const progress = had.map(({ id, state }) => [id, { state, at: now, updateId: "1", sentAt: now }])
  return person({
    state: had.at(-1)?.state ?? states.new,
    state_progress: Object.fromEntries(progress),
    ...(count === brand.flow.steps.length && { finished_at: now }),
    ...change,
  })
}

const people = [0, 1, 2, 3]

/** Every saying there is: one that is missing here does not compile. */
const sayings: Readonly<Record<Saying, true>> = {
  button: true,
  hint: true,
  menu: true,
  help: true,
  language: true,
  languageSet: true,
  startFirst: true,
  forgetQuestion: true,
  forgetKept: true,
  forgetExpired: true,
}

const messageTo = (user: ReturnType<typeof person>, plan: Plan) =>
  messageOf({ brand, user, locale: localeFor(brand, user) }, plan, now)

const message = (user: ReturnType<typeof person>, plan: Plan): Content =>
  messageTo(user, plan) ?? assert.fail(`nothing is sent for ${plan._tag}`)

const dataOf = ({ buttons = [] }: Content): ReadonlyArray<string> =>
  buttons.map((button) => ("data" in button ? button.data : "url" in button ? button.url : button.copy))

/** Whatever of a message is HTML. */
const htmlOf = (content: Content): ReadonlyArray<string> => {
  switch (content._tag) {
    case "Text":
      return [content.html]
    case "Video":
      return [content.caption, content.link("https://example.com/?a=1&b=<2>")]
    case "Voice":
      return [content.caption, content.written]
  }
}

const assertButton = (button: Button) => {
  assert.isNotEmpty(button.text.trim())
  const bytes = "data" in button ? Buffer.byteLength(button.data) : 1
  assert.isTrue(bytes >= 1 && bytes <= 64)
}

const assertSendable = (content: Content) => {
  for (const html of htmlOf(content)) {
    const parsed = parseHtml(html)
    assert.isTrue(Result.isSuccess(parsed), html)
    assert.isNotEmpty(Result.isSuccess(parsed) ? parsed.success.text.trim() : "")
    assert.isAtMost(html.length, 4_096)
  }
  content.buttons?.forEach(assertButton)
}

describe.each(copyLocales)("every message in %s", (locale) => {
  const words = copy[locale]

  it("is one that Telegram takes, with buttons that fit", () => {
    for (const count of people) {
      const user = whoHad(count, { language: locale })
      for (const saying of Object.keys(sayings).filter((key): key is Saying => key in sayings)) {
        assertSendable(message(user, { _tag: "Say", saying }))
      }
      assertSendable(message(user, { _tag: "Restart" }))
      for (const step of brand.flow.steps) {
        assertSendable(message(user, { _tag: "Advance", step }))
        assertSendable(message(user, { _tag: "Repeat", step }))
      }
      assertSendable(goodbye(brand, user))
    }
  })

  it("that goes on has the one button of the step that is due", () => {
    for (const [count, data] of ["watch_video", "play_audio", "finish"].entries()) {
      for (const saying of ["button", "hint", "help", "languageSet"] as const) {
        assert.deepStrictEqual(dataOf(message(whoHad(count, { language: locale }), { _tag: "Say", saying })), [data])
      }
    }
  })

  it("of a step has the button of the one that follows, and the last one has none", () => {
    const { finish, greeting } = words.steps
    const labelled = brand.flow.steps.map((step) => message(person({ language: locale }), { _tag: "Advance", step }))
    assert.deepStrictEqual(
      labelled.map(({ buttons = [] }) => buttons),
      [
        [{ text: greeting.button, data: "play_audio", style: "primary" }],
        [{ text: finish.button, data: "finish", style: "success" }],
        [],
      ],
    )
  })

  it("that asks whether to forget carries the second in which it was asked", () => {
    const { buttons = [] } = message(person({ language: locale }), { _tag: "Say", saying: "forgetQuestion" })
    assert.deepInclude(buttons[0], { style: "danger", data: `forget:${Date.UTC(2026, 2, 4, 5, 6, 7) / 1000}` })
    assert.deepInclude(buttons[1], { data: "forget_no" })
  })

  it("about forgetting names the minutes for which its button is good", () => {
    const minutes = millisOf(forgetWindow) / 60_000
    for (const [saying, text] of [
      ["forgetQuestion", words.forget.question(minutes)],
      ["forgetExpired", words.forget.expired(minutes)],
    ] as const) {
      assert.deepInclude(message(person({ language: locale }), { _tag: "Say", saying }), { html: text })
    }
  })
})

describe("a message", () => {
  it("of a restart is in every language at once, with the first step's button", () => {
    const content = message(person(), { _tag: "Restart" })
    assert.deepInclude(content, { html: restarted })
    assert.deepStrictEqual(dataOf(content), [stepOf("video").data])
  })

  it("is none where nothing is sent", () => {
    for (const plan of [
      { _tag: "Note", outcome: "applied" },
      { _tag: "Toast" },
      { _tag: "Forget" },
    ] as const satisfies ReadonlyArray<Plan>) {
      assert.isUndefined(messageTo(person(), plan))
    }
  })
})

describe("the language of a message", () => {
  it("is the chosen one before Telegram's", () => {
    assert.strictEqual(localeFor(brand, person({ languageCode: "es-MX" })), "es")
    assert.strictEqual(localeFor(brand, person({ languageCode: "es-MX", language: "en" })), "en")
    assert.strictEqual(localeFor(brand, person()), "en")
  })

  it("is Telegram's again when the brand no longer speaks the chosen one", () => {
    assert.strictEqual(localeFor(brand, person({ languageCode: "es-MX", language: "fr" })), "es")
  })
})
