import { language } from "../lib/language.js"

/** Every word of the page itself; what the bot says comes from the bot. */
export const { words } = await (language === "es" ? import("./es/words.js") : import("./en/words.js"))
