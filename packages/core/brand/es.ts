import { brand, brandName, forgetMinutes, retentionDays } from "./brand.ts"
import type { Catalogue } from "./Catalogue.ts"

// Nothing here depends on the gender of the person: we do not know it.
export const es: Catalogue = {
  buttons: {
    video: "▶️ Ver el vídeo",
    greeting: "🎧 Escuchar mi saludo",
    finish: "✅ Terminar",
  },
  video: {
    caption: (name) =>
      `👋 ${name ? `¡Hola, ${name}!` : "¡Hola!"} <b>Te damos la bienvenida a ${brandName}.</b>\n\nEste breve vídeo te cuenta lo que viene. Después hay un saludo solo para ti.`,
    link: (url) =>
      `🎬 Hoy no hemos podido mostrarte el vídeo aquí, pero puedes <a href="${url}">verlo en tu navegador</a>. Después hay un saludo solo para ti.`,
  },
  greeting: {
    spoken: (name) =>
      `${name ? `¡Hola, ${name}!` : "¡Hola!"} Te damos la bienvenida a ${brand.name}. Nos alegra mucho tenerte aquí. Esta es tu casa.`,
    caption: (name) => `🎧 Un saludo para ti${name ? `, ${name}` : ""}.`,
    written: (name) =>
      `💬 ${name ? `¡Hola, ${name}!` : "¡Hola!"} Te damos la bienvenida a ${brandName}. Nos alegra mucho tenerte aquí. Esta es tu casa.`,
  },
  finish: (name) =>
    `🎉 <b>${name ? `¡Eso es todo, ${name}!` : "¡Eso es todo!"}</b> Ya está todo listo. Gracias por unirte a ${brandName}.\n\nEn el /menu lo encontrarás todo de nuevo.`,
  hints: {
    NEW: "Tu vídeo de bienvenida está listo. Toca el botón para verlo 👇",
    WELCOME_VIDEO_SENT: "Ahora viene un saludo hecho para ti. Toca el botón para escucharlo 👇",
    TTS_SENT: "Solo queda un paso. Toca el botón para terminar 👇",
    DONE: "Ya está todo listo. Esto es lo que puedo hacer por ti 👇",
  },
  again: "Sigue por aquí 👇",
  startFirst: "Aún no nos conocemos. Envía /start y te lo enseño todo.",
  menu: {
    text: "<b>¿Qué te apetece hacer?</b>",
    video: "▶️ Ver el vídeo otra vez",
    greeting: "🎧 Escuchar mi saludo otra vez",
    language: "🌐 Cambiar de idioma",
    restart: "🔄 Empezar de nuevo",
  },
  help: `<b>${brandName} en un minuto</b>\n\nUn breve vídeo, un saludo para ti y todo listo. Si lo dejas a medias, /start sigue donde lo dejaste.\n\n/menu – volver a verlo todo\n/language – inglés o español\n/restart – empezar de nuevo\n/forgetme – borrar lo que sé de ti`,
  language: {
    question: "¿En qué idioma hablamos?",
    chosen: "Hecho: a partir de ahora hablamos en español. 👍",
  },
  restarted: "🔄 Vuelves a estar al principio. Toca el botón para empezar otra vez.",
  forget: {
    question: `<b>¿Quieres que me olvide de ti?</b>\n\nBorraré tu perfil (nombre, usuario, idioma), la campaña que te trajo y tu progreso, y quitaré tu nombre del registro de lo que hiciste aquí. No se puede deshacer.\n\nEl botón sirve durante ${forgetMinutes} minutos.`,
    yes: "🗑 Sí, olvídame",
    no: "No, conserva mis datos",
    kept: "De acuerdo, no se ha borrado nada. 🙂",
    expired: `Esa pregunta tiene más de ${forgetMinutes} minutos, así que no se ha borrado nada. Envía /forgetme para repetirla.`,
    done: [
      "<b>Olvido cumplido.</b> Tu perfil y tu progreso están borrados, y el registro de lo que hiciste ya no dice que fuiste tú.\n\nAlgunas copias desaparecen solas un poco más tarde:",
      `• registros técnicos: ${retentionDays.logs} días`,
      `• mensajes que no se pudieron procesar, si los hay: ${retentionDays.deadLetters} días`,
      `• copias de seguridad de la base de datos: ${retentionDays.backups} días`,
      `• una marca anónima (un hash), para que mensajes anteriores no te traigan de vuelta: ${retentionDays.tombstone} días`,
      `• la grabación del saludo: hasta ${retentionDays.greetings} días; solo contiene un nombre de pila y no está vinculada a ti`,
      "\nTelegram guarda su propia copia de este chat hasta que la borres.",
    ].join("\n"),
    unknown: "No hay nada que borrar: no sé nada de ti.",
  },
  toasts: { finished: "Ya has terminado 🎉 En /menu hay más." },
  group: {
    text: "👋 Doy la bienvenida de una en una persona. Toca el botón y hablamos en privado.",
    button: "💬 Abrir el chat",
  },
  linkGone: "El enlace que te trajo ya no es válido, pero la bienvenida es la misma. ¡Seguimos!",
  commands: {
    start: "Empezar, o seguir donde lo dejaste",
    menu: "Vídeo, saludo y ajustes",
    language: "Cambiar de idioma",
    restart: "Empezar de nuevo",
    help: "Cómo funciona",
    forgetme: "Borrar lo que sé de ti",
  },
}
