import { defineBrand } from "@concierge/core/brand/defineBrand.ts"
import { defineFlow } from "@concierge/core/brand/Spec.ts"
import type { WordsOf } from "@concierge/core/brand/Words.ts"
import { encode } from "effect/encoding/Base64Url"
import * as languages from "./copy/languages.ts"

const flow = defineFlow([
  { kind: "message", id: "hello" },
  {
    kind: "question",
    id: "level",
    // Who has never sailed, or a little, sees the first lesson; who sails already hears of the boats instead.
    choices: [{ id: "never" }, { id: "some" }, { id: "skipper", next: "boats" }],
  },
  { kind: "video", id: "lesson", asset: "lesson", version: "v1", next: "greeting" },
  { kind: "message", id: "boats" },
  { kind: "voice", id: "greeting" },
  { kind: "question", id: "season", choices: [{ id: "spring" }, { id: "summer" }, { id: "autumn" }, { id: "winter" }] },
  { kind: "finish", id: "aboard", state: "ABOARD", url: "https://example.com/marea/calendar", code: "MAREA-AMIGO" },
])

export type Words = WordsOf<typeof flow>

/** A sailing school that does not exist. */
export const brand = defineBrand({
  id: "marea",
  name: "Marea",
  site: "https://example.com/marea",
  bot: { username: "marea_sailing_bot", name: "Marea" },
  look: { accent: "#0a6f6d", accentOnDark: "#5fd3c4", icon: "⛵" },
  links: [
    { title: "A plain code", hint: "on the harbour wall", payload: "ref_harbour" },
    {
      title: "A packed token",
      hint: "under a sailing film",
      payload: encode("ref_regatta|youtube|film|regatta|2b9x|1790812800"),
    },
    {
      title: "Packed UTM fields",
      hint: "in the club's letter",
      payload: encode("utm_source=club&utm_campaign=autumn"),
    },
    { title: "No campaign", hint: "found by searching", payload: "" },
  ],
  languages,
  fallback: "pt",
  protectsContent: true,
  flow,
})
