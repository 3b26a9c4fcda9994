import { language } from "../lib/language.js"

export const { real } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))
