import * as Effect from "effect/Effect"
import { welcomeVideoKey } from "../brand/brand.ts"
import { catalogue } from "../brand/Catalogue.ts"
import { localeFor, nameFor, stepButton } from "../onboarding/compose.ts"
import { escapeHtml } from "../onboarding/Name.ts"
import { Media } from "../services/Media.ts"
import { type File, Telegram } from "../services/Telegram.ts"
import { inTime } from "./Invocation.ts"
import type { Recipient } from "./Recipient.ts"
import { orElsewhere, sendFrom } from "./sendFrom.ts"

/** The welcome video in the chat, with the button that goes on; if no way of sending it works, a link to it. */
export const sendVideo = Effect.fn("sendVideo")(function* ({ chatId, invocation, notice, user }: Recipient) {
  const telegram = yield* Telegram
  const media = yield* Media
  const locale = localeFor(user)
  const words = catalogue(locale).video
  const key = welcomeVideoKey(locale)
  const buttons = [stepButton(locale, "greeting")]

  const byUrl = Effect.map(media.signedUrl(key), (url): File => ({ _tag: "Url", url }))
  const uploaded = Effect.map(
    media.get(key),
    (bytes): File => ({ _tag: "Upload", bytes, name: key.replace(/^.*\//, ""), contentType: "video/mp4" }),
  )
  const sent = yield* sendFrom(
    key,
    [orElsewhere(byUrl), orElsewhere(uploaded)],
    (video) => telegram.sendVideo({ chatId, html: `${notice}${words.caption(nameFor(user))}`, buttons }, video),
    invocation,
  )
  if (sent !== undefined) return { degraded: false }

  const url = yield* media.signedUrl(key)
  yield* inTime(invocation)
  yield* telegram.sendMessage({ chatId, html: `${notice}${words.link(escapeHtml(url))}`, buttons })
  return { degraded: true }
})
