import { language } from "../lib/language.js"

export const { start } = await (language === "es" ? import("./words.es.js") : import("./words.en.js"))
