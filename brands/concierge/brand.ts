import { defineBrand } from "@concierge/core/brand/defineBrand.ts"
import { defineFlow } from "@concierge/core/brand/Spec.ts"
import type { WordsOf } from "@concierge/core/brand/Words.ts"
import { en } from "./copy/en.ts"
import { es } from "./copy/es.ts"

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
  { kind: "finish", id: "finish", state: "DONE", data: "finish" },
])

export type Words = WordsOf<typeof flow>

export const brand = defineBrand({
  id: "concierge",
  name: "Concierge",
  site: "https://example.com",
  bot: { username: "concierge_demo_bot", name: "Concierge" },
  look: { accent: "#5a33d6", accentOnDark: "#a98dff", icon: "C" },
  links: [],
  languages: {
    en: { name: "English", voice: { id: "Matthew", engine: "neural", local: "en-us" }, words: en },
    es: { name: "Español", voice: { id: "Lucia", engine: "neural", local: "es" }, words: es },
  },
  flow,
})
