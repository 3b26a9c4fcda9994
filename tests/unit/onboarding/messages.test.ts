import { locales } from "@concierge/core/brand/Locale.ts"
import { compose, composeFinish, composeRestarted, localeFor, stepButton } from "@concierge/core/onboarding/compose.ts"
import type { Saying } from "@concierge/core/onboarding/decide.ts"
import { newUser, type State, type User } from "@concierge/core/onboarding/User.ts"
import type { Button } from "@concierge/core/services/Telegram.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { parseHtml } from "../../../packages/local/telegram/entities/html.ts"

const now = "2026-03-04T05:06:07.890Z"
const lock = { token: "t", event: "e", until: now }

const person = (change: Partial<User> = {}): User => ({
  ...newUser({ userId: "telegram_7", telegramId: 7, sessionId: "s", now, lock }),
  firstName: "<b>&\"'",
  ...change,
})

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

const states: ReadonlyArray<State> = ["NEW", "WELCOME_VIDEO_SENT", "TTS_SENT", "DONE"]

const assertSendable = ({
  buttons = [],
  html,
}: {
  readonly html: string
  readonly buttons?: ReadonlyArray<Button>
}) => {
  const parsed = parseHtml(html)
  assert.isTrue(Result.isSuccess(parsed), html)
  assert.isNotEmpty(Result.isSuccess(parsed) ? parsed.success.text.trim() : "")
  assert.isAtMost(html.length, 4_096)
  for (const button of buttons) {
    assert.isNotEmpty(button.text.trim())
    const bytes = "data" in button ? Buffer.byteLength(button.data) : 1
    assert.isTrue(bytes >= 1 && bytes <= 64)
  }
}

describe.each(locales)("every message in %s", (locale) => {
  it("is one that Telegram takes, with buttons that fit", () => {
    for (const saying of Object.keys(sayings).filter((key): key is Saying => key in sayings)) {
      for (const state of states) assertSendable(compose(person({ state }), locale, saying, now))
    }
    assertSendable(composeRestarted(locale))
    assertSendable(composeFinish(person(), locale))
    for (const step of ["video", "greeting", "finish"] as const) {
      assertSendable({ html: "x", buttons: [stepButton(locale, step)] })
    }
  })

  it("that goes on has the one button of the step that is due", () => {
    const due = { NEW: "watch_video", WELCOME_VIDEO_SENT: "play_audio", TTS_SENT: "finish" }
    for (const [state, data] of Object.entries(due)) {
      const known = states.find((each) => each === state) ?? "NEW"
      for (const saying of ["button", "hint", "help", "languageSet"] as const) {
        const { buttons = [] } = compose(person({ state: known }), locale, saying, now)
        assert.deepStrictEqual(
          buttons.map((button) => ("data" in button ? button.data : "")),
          [data],
        )
      }
    }
  })

  it("that asks whether to forget carries the second in which it was asked", () => {
    const { buttons = [] } = compose(person(), locale, "forgetQuestion", now)
    assert.deepInclude(buttons[0], { data: `forget:${Date.UTC(2026, 2, 4, 5, 6, 7) / 1000}` })
    assert.deepInclude(buttons[1], { data: "forget_no" })
  })
})

describe("the language of a message", () => {
  it("is the chosen one before Telegram's", () => {
    assert.strictEqual(localeFor(person({ languageCode: "es-MX" })), "es")
    assert.strictEqual(localeFor(person({ languageCode: "es-MX", language: "en" })), "en")
    assert.strictEqual(localeFor(person()), "en")
  })
})
