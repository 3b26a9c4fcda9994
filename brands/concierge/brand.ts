import { defineBrand } from "@concierge/core/brand/defineBrand.ts"
import { defineFlow } from "@concierge/core/brand/Spec.ts"
import type { WordsOf } from "@concierge/core/brand/Words.ts"
import { encode } from "effect/encoding/Base64Url"
import * as languages from "./copy/languages.ts"

const flow = defineFlow([
  {
    kind: "video",
    id: "video",
    asset: "welcome",
    version: "v1",
    state: "WELCOME_VIDEO_SENT",
    data: "watch_video",
  },
  { kind: "voice", id: "greeting", state: "TTS_SENT", data: "play_audio" },
  // Confetti.
  { kind: "finish", id: "finish", state: "DONE", data: "finish", effect: "5046509860389126442" },
])

export type Words = WordsOf<typeof flow>

export const brand = defineBrand({
  id: "concierge",
  name: "Concierge",
  site: "https://example.com",
  bot: { username: "concierge_demo_bot", name: "Concierge" },
  look: { accent: "#5a33d6", accentOnDark: "#a98dff", icon: "C" },
  links: [
    { title: "A plain code", hint: "on a poster", payload: "ref_summer24" },
    {
      title: "A packed token",
      hint: "under a video",
      payload: encode("ref_tiktok|tiktok|video|launch|7f3k|1795215600"),
    },
    {
      title: "Packed UTM fields",
      hint: "in a newsletter",
      payload: encode("utm_source=newsletter&utm_campaign=spring"),
    },
    { title: "No campaign", hint: "found by searching", payload: "" },
  ],
  languages,
  flow,
})
