import { brand } from "../lib/brand.js"
import { h, icon } from "../lib/dom.js"
import { languageButton } from "../lib/languageButton.js"
import { words } from "../words/words.js"

const { header, views } = words

/** @param {{ isGroup: boolean, onBlock: (block: boolean) => void, onForget: () => void }} actions */
export const chatHeader = ({ isGroup, onBlock, onForget }) => {
  let isBlocked = false
  const names = isGroup ? [header.remove, header.add] : [header.block, header.unblock]
  const status = h("span", { class: "status" }, header.idle)
  const block = h("button", { type: "button", role: "menuitem" })
  const forget = h("button", { type: "button", role: "menuitem", hidden: isGroup }, icon("remove"), header.forget)
  const another = h("a", { href: "?as=new", role: "menuitem" }, icon("person"), header.newPerson)
  const menu = h("div", { class: "menu", id: "chat-menu", role: "menu", popover: "auto" }, block, forget, another)
  const more = h(
    "button",
    { type: "button", class: "quiet", "aria-label": header.menu, "aria-haspopup": "menu", popoverTargetElement: menu },
    icon("more"),
  )
  block.addEventListener("click", () => {
    menu.hidePopover()
    onBlock(!isBlocked)
  })
  forget.addEventListener("click", () => {
    menu.hidePopover()
    onForget()
  })

  const showBlock = () => block.replaceChildren(icon("block"), names[Number(isBlocked)] ?? "")
  showBlock()

  return {
    element: h(
      "header",
      { class: "bar" },
      h("img", { src: "icons/brand.svg", alt: "", class: "avatar", width: 40, height: 40 }),
      h("div", { class: "who" }, h("h1", {}, brand.name), status),
      viewSwitch(),
      languageButton(),
      more,
      menu,
    ),
    /** @param {boolean} blocked @param {keyof typeof header & string} now */
    show: (blocked, now) => {
      isBlocked = blocked
      showBlock()
      status.classList.toggle("busy", /busy|rec/.test(now))
      status.textContent = header[now]
    },
  }
}

/** On a phone there is room for one of the two only. */
const viewSwitch = () => {
  const buttons = /** @type {const} */ (["chat", "system"]).map((view) =>
    h("button", { type: "button", "aria-pressed": String(view === "chat"), onclick: () => choose(view) }, views[view]),
  )
  /** @param {"chat" | "system"} view */
  const choose = (view) => {
    document.body.dataset.view = view
    // The other is not there for a screen reader either.
    document.querySelector(".system")?.setAttribute("role", view === "system" ? "main" : "complementary")
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.textContent === views[view]))
  }
  return h("div", { class: "views", role: "group", "aria-label": views.label }, ...buttons)
}
