import { h, icon } from "../lib/dom.js"
import { standings, titleOf } from "../words/records.js"
import { words } from "../words/words.js"

/** @import { Place, User } from "../types.d.ts" */

const { system } = words
const clock = new Intl.DateTimeFormat(words.locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" })

/** The person's record: how far they have come, and what brought them. @param {string} [title] @param {string} [nobody] */
export const personView = (title = system.person, nobody = system.nobody) => {
  const line = h("ol", { class: "states" })
  const facts = h("dl", { class: "facts" })
  const none = h("p", { class: "note" })
  const element = h("section", { class: "panel person" }, h("h3", {}, title), line, facts, none)

  /** @param {User | undefined} user @param {ReadonlyArray<Place>} way */
  const showLine = (user, way) => {
    const current = user && way.findLast(({ is }) => is === "past" || is === "now")
    // More have no room side by side.
    line.classList.toggle("long", way.length > 5)
    line.replaceChildren(
      ...way.map((place, index) => {
        const { id = "", is, state } = place
        const at = user?.state_progress[id]?.at
        // Of somebody whom the bot does not know, no state is the present one.
        const shown = user === undefined && is === "now" ? "ahead" : is
        return h(
          "li",
          { "data-is": shown, title: standings[shown], "aria-current": place === current ? "step" : undefined },
          h("span", { class: "dot" }, is === "past" ? icon("check") : String(index + 1)),
          h("b", {}, titleOf(place)),
          h("code", {}, ...breakable(state)),
          at !== undefined && h("time", {}, clock.format(Date.parse(at))),
        )
      }),
    )
  }

  /** @param {User} user */
  const showFacts = (user) => {
    const campaign = [
      ...(user.ref_code === undefined ? [] : [chip("ref_code", user.ref_code)]),
      ...Object.entries(user.utm ?? {}).map(([name, value]) => chip(`utm.${name}`, value)),
    ]
    const answers = Object.entries(user.answers ?? {}).map(([question, choice]) => chip(question, choice))
    const language = user.language ?? `${user.languageCode ?? "?"}`
    facts.replaceChildren(
      ...fact(
        system.campaign,
        ...(campaign.length > 0 ? [...campaign, h("small", {}, system.campaignHint)] : [system.noCampaign]),
      ),
      ...(answers.length > 0 ? fact(system.answers, ...answers) : []),
      ...fact("userId", user.userId),
      ...fact(user.language === undefined ? "languageCode" : "language", language),
      ...fact("run · version", `${user.run} · ${user.version}`),
      ...(user.blocked ? fact("blocked", "true") : []),
    )
  }

  return {
    element,
    /** @param {User | undefined} user @param {ReadonlyArray<Place>} way @param {boolean} forgotten */
    show: (user, way, forgotten = false) => {
      showLine(user, way)
      none.replaceChildren(user === undefined ? (forgotten ? system.forgotten : nobody) : "")
      none.hidden = user !== undefined
      facts.hidden = user === undefined
      if (user !== undefined) showFacts(user)
    },
  }
}

/** @param {string} name @param {string} value */
const chip = (name, value) => h("span", { class: "chip" }, h("small", {}, name), " ", value)

/** @param {string} name @param {...(Node | string)} values */
const fact = (name, ...values) => [h("dt", {}, name), h("dd", {}, ...values)]

/** @param {string} name */
const breakable = (name) => name.split("_").flatMap((part, index) => (index === 0 ? [part] : [h("wbr"), `_${part}`]))
