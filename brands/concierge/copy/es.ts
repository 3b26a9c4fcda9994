import type { Voice } from "@concierge/core/brand/Voice.ts"
import type { Words } from "../brand.ts"

export const name = "Español"

export const voice: Voice = { id: "Lucia", engine: "neural", local: "es" }

// Nothing here depends on the gender of the person: we do not know it.
export const words: Words = {
  steps: {
    video: {
      button: "▶️ Ver el vídeo",
      hint: "Tu vídeo de bienvenida está listo. Toca el botón para verlo 👇",
      caption: ({ name }) =>
        `👋 ${name ? `¡Hola, ${name}!` : "¡Hola!"} <b>Te damos la bienvenida a Concierge.</b>\n\nEste breve vídeo te cuenta lo que viene. Después hay un saludo solo para ti.`,
      link: ({ url }) =>
        `🎬 Hoy no hemos podido mostrarte el vídeo aquí, pero puedes <a href="${url}">verlo en tu navegador</a>. Después hay un saludo solo para ti.`,
      again: "▶️ Ver el vídeo otra vez",
    },
    greeting: {
      button: "🎧 Escuchar mi saludo",
      hint: "Ahora viene un saludo hecho para ti. Toca el botón para escucharlo 👇",
      spoken: ({ name }) =>
        `${name ? `¡Hola, ${name}!` : "¡Hola!"} Te damos la bienvenida a Concierge. Nos alegra mucho tenerte aquí. Esta es tu casa.`,
      caption: ({ name }) => `🎧 Un saludo para ti${name ? `, ${name}` : ""}.`,
      written: ({ name }) =>
        `💬 ${name ? `¡Hola, ${name}!` : "¡Hola!"} Te damos la bienvenida a Concierge. Nos alegra mucho tenerte aquí. Esta es tu casa.`,
      again: "🎧 Escuchar mi saludo otra vez",
    },
    finish: {
      button: "✅ Terminar",
      hint: "Solo queda un paso. Toca el botón para terminar 👇",
      text: ({ name }) =>
        `🎉 <b>${name ? `¡Eso es todo, ${name}!` : "¡Eso es todo!"}</b> Ya está todo listo. Gracias por unirte a Concierge.\n\nEn el /menu lo encontrarás todo de nuevo.`,
    },
  },
  finished: "Ya está todo listo. Esto es lo que puedo hacer por ti 👇",
  again: "Sigue por aquí 👇",
  startFirst: "Aún no nos conocemos. Envía /start y te lo enseño todo.",
  linkOver: "🔗 El enlace por el que llegas ya no está activo, pero te damos la bienvenida igualmente.",
  menu: {
    text: "<b>¿Qué te apetece hacer?</b>",
    language: "🌐 Cambiar de idioma",
    restart: "🔄 Empezar de nuevo",
  },
  help: ({ languages }) =>
    `<b>Concierge en un minuto</b>\n\nUn breve vídeo, un saludo para ti y todo listo. Si lo dejas a medias, /start sigue donde lo dejaste.\n\n/menu – volver a verlo todo\n/language – ${languages}\n/restart – empezar de nuevo\n/forgetme – borrar lo que sé de ti`,
  language: {
    question: "¿En qué idioma hablamos?",
    chosen: "Hecho: a partir de ahora hablamos en español. 👍",
  },
  restarted: "🔄 Vuelves a estar al principio. Toca el botón para empezar otra vez.",
  forget: {
    question: (minutes) =>
      `<b>¿Quieres que me olvide de ti?</b>\n\nBorraré tu perfil (nombre, usuario, idioma), la campaña que te trajo y tu progreso, y quitaré tu nombre del registro de lo que hiciste aquí. No se puede deshacer.\n\nEl botón sirve durante ${minutes} minutos.`,
    yes: "🗑 Sí, olvídame",
    no: "No, conserva mis datos",
    kept: "De acuerdo, no se ha borrado nada. 🙂",
    expired: (minutes) =>
      `Esa pregunta tiene más de ${minutes} minutos, así que no se ha borrado nada. Envía /forgetme para repetirla.`,
    done: (days) =>
      [
        "<b>Olvido cumplido.</b> Tu perfil y tu progreso están borrados, y el registro de lo que hiciste ya no dice que fuiste tú.\n\nAlgunas copias desaparecen solas un poco más tarde:",
        `• registros técnicos: ${days.logs} días`,
        `• mensajes que no se pudieron procesar, si los hay: ${days.deadLetters} días`,
        `• copias de seguridad de la base de datos: ${days.backups} días`,
        `• una marca anónima (un hash), para que mensajes anteriores no te traigan de vuelta: ${days.tombstone} días`,
        `• la grabación del saludo: hasta ${days.greetings} días; solo contiene un nombre de pila y no está vinculada a ti`,
        "\nTelegram guarda su propia copia de este chat hasta que la borres.",
      ].join("\n"),
    unknown: "No hay nada que borrar: no sé nada de ti.",
  },
  toasts: { finished: "Ya has terminado 🎉 En /menu hay más." },
  group: {
    text: "👋 Doy la bienvenida de una en una persona. Toca el botón y hablamos en privado.",
    button: "💬 Abrir el chat",
  },
  commands: {
    start: "Empezar, o seguir donde lo dejaste",
    menu: "Vídeo, saludo y ajustes",
    language: "Cambiar de idioma",
    restart: "Empezar de nuevo",
    help: "Cómo funciona",
    forgetme: "Borrar lo que sé de ti",
  },
  description: {
    long: "¡Hola! Te doy la bienvenida a Concierge: un vídeo corto, un saludo hecho solo para ti, y listo. Son dos minutos.",
    short: "Una bienvenida en dos minutos: un vídeo y un saludo hecho para ti.",
  },
}
