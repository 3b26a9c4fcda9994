import { brand, spokenTo } from "../lib/brand.js"
import { h } from "../lib/dom.js"
import { styled } from "../lib/styled.js"
import { languages } from "./languages.js"
import { deepLink, links } from "./links.js"
import { start } from "./words.js"

await styled("style/start.css")

/** @typedef {{ name: string, language: string, payload: string }} Choice */

/** Where a visitor says who they are and which link they followed. @param {(choice: Choice) => void} onStart */
export const startForm = (onStart) => {
  const name = h("input", {
    name: "name",
    value: languages[0]?.person,
    maxLength: 64,
    required: true,
    autocomplete: "off",
  })
  const note = h("p", { class: "note", role: "status" })
  const about = h("p", { class: "about", dir: "auto" })
  const address = h("span", { class: "address" })
  const decoded = h("span", { class: "decoded" })
  const preview = h("output", { class: "preview" }, address, decoded)
  const form = h(
    "form",
    { class: "start" },
    h(
      "div",
      { class: "fields" },
      h(
        "div",
        { class: "intro" },
        h("img", { src: "icons/brand.svg", alt: "", width: 64, height: 64 }),
        h("div", {}, h("h2", {}, `${start.title} ${brand.name}`), about, h("p", {}, start.lead)),
      ),
      h("label", { class: "field" }, h("span", {}, start.name), name),
      h(
        "fieldset",
        { class: "field" },
        h("legend", {}, start.language),
        h(
          "div",
          { class: "segments" },
          ...languages.map(({ code, name }, index) => radio("language", code, index, name)),
        ),
        note,
      ),
      h(
        "fieldset",
        { class: "field" },
        h("legend", {}, start.link),
        h(
          "div",
          { class: "choices" },
          ...links.map(({ hint, id, title }, index) => radio("link", id, index, title, h("small", {}, hint))),
        ),
        preview,
      ),
    ),
    h("div", { class: "go" }, h("button", { type: "submit", class: "primary" }, start.start)),
  )

  const chosen = () => {
    const data = new FormData(form)
    const language = languages.find(({ code }) => code === data.get("language")) ?? languages[0]
    const link = links.find(({ id }) => id === data.get("link")) ?? links[0]
    return { language, link }
  }
  const show = () => {
    const { language, link } = chosen()
    // The name follows the language until somebody has written their own.
    if (languages.some(({ person }) => person === name.value)) name.value = language?.person ?? ""
    about.replaceChildren(spokenTo(language?.code ?? "")?.description ?? "")
    note.replaceChildren(language?.note ?? "")
    address.replaceChildren(deepLink(link?.payload ?? ""))
    decoded.replaceChildren(...(link?.stands === undefined ? [] : [h("span", {}, start.stands), " ", link.stands]))
  }
  form.addEventListener("change", (event) => {
    show()
    const { target } = event
    // On a small screen the address would change out of sight.
    if (target instanceof HTMLInputElement && target.name === "link") preview.scrollIntoView({ block: "nearest" })
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const { language, link } = chosen()
    onStart({ name: name.value.trim() || "Visitor", language: language?.code ?? "en", payload: link?.payload ?? "" })
  })
  show()
  return form
}

/** @param {string} group @param {string} value @param {number} index @param {...(Node | string)} label */
const radio = (group, value, index, ...label) =>
  h("label", {}, h("input", { type: "radio", name: group, value, checked: index === 0 }), h("span", {}, ...label))
