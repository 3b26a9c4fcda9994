export const start = {
  title: "Te presentamos a",
  lead: "En Telegram tocarías un enlace como el de abajo y llegarías a este chat. Di quién eres y qué enlace era.",
  name: "Tu nombre",
  language: "Tu Telegram habla",
  link: "El enlace que seguiste",
  stands: "que dice",
  start: "Iniciar",
  /** Languages of which the bot may have no words; the first of them that it has not is offered. */
  foreign: [
    { code: "fr", name: "Français" },
    { code: "it", name: "Italiano" },
  ],
  noLanguage: "El bot no habla {missing}: recurre a {fallback}.",
  /** A first name for a visitor by their language. @type {Readonly<Record<string, string | undefined>>} */
  people: { de: "Jonas", en: "Ada", es: "Lucía", fr: "Élodie", it: "Chiara", nl: "Sanne", pl: "Zofia", pt: "Inês" },
  somebody: "Ada",
  noLink: { title: "Sin campaña", hint: "encontrado al buscar" },
}
