// Shows the variants of the chosen language and name, and sets each medium when it is first shown.

const media = JSON.parse(document.querySelector("#media")?.textContent ?? "{}")
const addresses = new Map()

const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value

const addressOf = (key) => {
  if (!addresses.has(key)) {
    const [type, base64] = media[key].slice("data:".length).split(";base64,")
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    addresses.set(key, URL.createObjectURL(new Blob([bytes], { type })))
  }
  return addresses.get(key)
}

const isChosen = (choice, value) => choice === "*" || value === "*" || value === choice

const show = () => {
  const [locale, name] = [chosen("locale"), chosen("name")]
  document.documentElement.dataset.theme = chosen("theme")
  document.body.classList.toggle("several", locale === "*" || name === "*")
  for (const variant of document.querySelectorAll(".variant")) {
    variant.hidden = !(isChosen(locale, variant.dataset.locale) && isChosen(name, variant.dataset.name))
    if (variant.hidden) continue
    for (const element of variant.querySelectorAll("[data-media]")) {
      if (!element.src && element.dataset.media in media) element.src = addressOf(element.dataset.media)
    }
  }
  history.replaceState(null, "", `#${new URLSearchParams({ locale, name, theme: chosen("theme") })}`)
}

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  const input = document.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)
  if (input) input.checked = true
}
document.addEventListener("change", show)
show()
