import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { retentionDays } from "../brand/brand.ts"
import { catalogue } from "../brand/Catalogue.ts"
import { localeFor, nameFor, stepButton } from "../onboarding/compose.ts"
import { spokenName } from "../onboarding/Name.ts"
import { Greetings } from "../services/Greetings.ts"
import { Metrics } from "../services/Metrics.ts"
import { type File, Telegram } from "../services/Telegram.ts"
import { inTime } from "./Invocation.ts"
import type { Recipient } from "./Recipient.ts"
import { sendFrom } from "./sendFrom.ts"

/** The voice that says the person's name, with the button that goes on; if there is none to be had, its text. */
export const sendGreeting = Effect.fn("sendGreeting")(function* ({ chatId, invocation, notice, user }: Recipient) {
  const telegram = yield* Telegram
  const greetings = yield* Greetings
  const locale = localeFor(user)
  const words = catalogue(locale).greeting
  const buttons = [stepButton(locale, "finish")]
  const { audio, key } = greetings.greeting(locale, words.spoken(spokenName(user.firstName)))

  const spoken = audio.pipe(
    Effect.map((bytes): File => ({ _tag: "Upload", bytes, name: "greeting.mp3", contentType: "audio/mpeg" })),
    Effect.catchTag("SpeechError", (error) =>
      Effect.as(Effect.logWarning("no voice, sending the greeting as text", { error }), undefined),
    ),
  )
  const expiresAt = Math.floor((yield* Clock.currentTimeMillis) / 1000) + retentionDays.greetings * 86_400
  const sent = yield* sendFrom(
    key,
    [spoken],
    (voice) => telegram.sendVoice({ chatId, html: `${notice}${words.caption(nameFor(user))}`, buttons }, voice),
    invocation,
    expiresAt,
  )
  if (sent !== undefined) return { degraded: false }

  yield* inTime(invocation)
  yield* telegram.sendMessage({ chatId, html: `${notice}${words.written(nameFor(user))}`, buttons })
  yield* (yield* Metrics).count("DegradedGreetings")
  return { degraded: true }
})
