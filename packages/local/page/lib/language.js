const key = "concierge.language"

/** What the page speaks: as chosen here, or else as the browser does. @type {"en" | "es"} */
export const language = (() => {
  try {
    const kept = localStorage.getItem(key)
    if (kept === "en" || kept === "es") return kept
  } catch {
    // Storage is forbidden: the browser says it then.
  }
  return navigator.language.startsWith("es") ? "es" : "en"
})()

document.documentElement.lang = language

/** @param {string} code */
export const speak = (code) => {
  try {
    localStorage.setItem(key, code)
  } catch {
    // As above: it stays as it is.
  }
  location.reload()
}
