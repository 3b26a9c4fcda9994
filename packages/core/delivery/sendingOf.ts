import * as Effect from "effect/Effect"
import { catalogue } from "../brand/Catalogue.ts"
import type { Locale } from "../brand/Locale.ts"
import { compose, composeFinish, composeRestarted, localeFor } from "../onboarding/compose.ts"
import type { Plan } from "../onboarding/decide.ts"
import type { Step } from "../onboarding/User.ts"
import { type Message, Telegram } from "../services/Telegram.ts"
import type { Recipient } from "./Recipient.ts"
import { sendGreeting } from "./sendGreeting.ts"
import { sendVideo } from "./sendVideo.ts"

type Sending = ReturnType<typeof sendVideo> | ReturnType<typeof sendGreeting> | ReturnType<typeof sendText>

/** The message that a plan sends; undefined when it sends none. */
export const sendingOf = (
  plan: Plan,
  to: Recipient,
): Effect.Effect<{ readonly degraded: boolean }, Effect.Error<Sending>, Effect.Services<Sending>> | undefined => {
  const locale = plan._tag === "Say" && plan.language !== undefined ? plan.language : localeFor(to.user)
  switch (plan._tag) {
    case "Advance":
    case "Repeat":
      return sendStep(plan.step, to)
    case "Say":
      return sendText(to, compose(to.user, locale, plan.saying, to.now))
    case "Restart":
      return sendText(to, composeRestarted(locale))
    case "Forget":
      return sendText(to, { html: forgottenWords(locale, to.user) })
    case "Toast":
    case "Note":
      return undefined
  }
}

/** Somebody of whom nothing is recorded was not there before the tap that asks to be forgotten. */
const forgottenWords = (locale: Locale, { recent }: Recipient["user"]): string => {
  const { done, unknown } = catalogue(locale).forget
  return Object.keys(recent).length === 0 ? unknown : done
}

const sendStep = (step: Step, to: Recipient): Sending => {
  switch (step) {
    case "video":
      return sendVideo(to)
    case "greeting":
      return sendGreeting(to)
    case "finish":
      return sendText(to, composeFinish(to.user, localeFor(to.user)))
  }
}

const sendText = Effect.fnUntraced(function* ({ chatId, notice }: Recipient, words: Omit<Message, "chatId">) {
  const telegram = yield* Telegram
  yield* telegram.sendMessage({ ...words, chatId, html: `${notice}${words.html}` })
  return { degraded: false }
})
