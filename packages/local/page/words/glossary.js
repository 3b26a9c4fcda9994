import { language } from "../lib/language.js"

const { failures, steps } = await (language === "es" ? import("./es/steps.js") : import("./en/steps.js"))

/** @typedef {"queue" | "table" | "telegram" | "media" | "other"} Kind */
/** @typedef {{ kind: Kind, title: string, hint: string, missed?: string | undefined }} Term */

/** The kind of each step, by the name that it has in a trace. @type {ReadonlyArray<readonly [Kind, ReadonlyArray<string>]>} */
const kinds = [
  ["queue", ["queued", "refused", "recover", "postpone"]],
  [
    "table",
    [
      "Users.begin",
      "Events.claim",
      "Users.commit",
      "Users.release",
      "Users.get",
      "Users.remove",
      "Sessions.save",
      "Sessions.removeOfUser",
      "Settings.count",
      "Settings.get",
      "Settings.put",
      "Settings.remove",
      "Settings.throttle",
      "Settings.release",
      "Settings.forgetCounted",
      "Events.finish",
      "Events.finished",
      "Events.get",
      "Events.strip",
      "Settings.swap",
    ],
  ],
  [
    "telegram",
    [
      "Telegram.sendVideo",
      "Telegram.sendVoice",
      "Telegram.sendMessage",
      "Telegram.sendChatAction",
      "Telegram.answerCallbackQuery",
      "Telegram.getMe",
    ],
  ],
  ["media", ["Media.signedUrl", "Media.get", "Media.put", "Speech.synthesize"]],
]

const kindOf = new Map(kinds.flatMap(([kind, names]) => names.map((name) => [name, kind])))

/** What a step is, for somebody who has not read the code. @param {string} what @returns {Term} */
export const termOf = (what) => {
  const [title, hint, missed] = steps[what] ?? [what, ""]
  return { kind: kindOf.get(what) ?? "other", title, hint, missed }
}

/** Why a step failed, by the name of the reason and the number that goes with it. @param {string | undefined} detail */
export const failureOf = (detail = "") => {
  const [name = "", number = ""] = detail.split(" ")
  return failures[name]?.replace("{n}", number) ?? detail
}
