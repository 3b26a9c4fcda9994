export const start = {
  title: "Meet",
  lead: "In Telegram you would tap a link like the one below and land in this chat. Say who you are and which link it was.",
  name: "Your first name",
  language: "Your Telegram speaks",
  link: "The link that you followed",
  stands: "which says",
  start: "Start",
  /** Languages of which the bot may have no words; the first of them that it has not is offered. */
  foreign: [
    { code: "fr", name: "Français" },
    { code: "it", name: "Italiano" },
  ],
  noLanguage: "The bot has no {missing}: it falls back to {fallback}.",
  /** A first name for a visitor by their language. @type {Readonly<Record<string, string | undefined>>} */
  people: { de: "Jonas", en: "Ada", es: "Lucía", fr: "Élodie", it: "Chiara", nl: "Sanne", pl: "Zofia", pt: "Inês" },
  somebody: "Ada",
  noLink: { title: "No campaign", hint: "found by searching" },
}
