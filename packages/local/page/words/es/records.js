// Names in the stored records, explained.

export const states = { first: "Nueva", last: "Fin" }

/** What a state is to the person. */
export const standings = {
  past: "recibido",
  now: "donde estás",
  due: "es lo siguiente",
  ahead: "más adelante",
  off: "ya no está en tu camino",
}

export const counters = /** @type {const} */ ([
  { name: "accepted", title: "Aceptadas", hint: "El webhook dijo 200: la actualización está a salvo en la cola." },
  { name: "applied", title: "Aplicadas", hint: "Trabajadas hasta el final." },
  {
    name: "ignored",
    title: "Ignoradas",
    hint: "No cambiaron nada, por una razón dicha: repetida, demasiado vieja, no era para nosotros.",
  },
  { name: "parked", title: "Apartadas", hint: "No pudimos leerla; se guarda entera hasta que un arreglo la entienda." },
  { name: "dead", title: "Muertas", hint: "Falló tres veces; espera a un operador." },
  { name: "queued", title: "En cola", hint: "Aún sin trabajar." },
  { name: "sent", title: "Enviados", hint: "Lo que el bot ha escrito a todos." },
])

/** Why a step failed. @type {Record<string, string>} */
export const failures = {
  RateLimited: "Telegram no admite más: no se envió nada, y se vuelve a intentar en {n} s.",
  Unavailable: "Sin respuesta, o la de un servidor con problemas: nadie sabe si llegó.",
  Blocked: "La persona ha bloqueado al bot.",
  BadFile: "Telegram ya no conoce este archivo: se olvida y se envía de otro modo.",
  BadUrl: "Telegram no pudo leer el enlace: el archivo se envía de otro modo.",
  Rejected: "Telegram lo rechaza, y lo haría de nuevo.",
  Throttled: "Se pide la voz demasiado a menudo.",
  NotFound: "No está.",
  Busy: "Se está trabajando otra actualización de la misma persona.",
  Interrupted: "Abandonado: otra cosa fue más rápida.",
}

/** Why an update was ignored. @type {Record<string, string>} */
export const reasons = {
  duplicate: "Ya se había trabajado.",
  stale: "Era mucho más vieja que lo que hiciste después.",
  expired: "Llegó demasiado tarde para saber si se había trabajado.",
  coalesced: "La segunda de un doble toque.",
  blocked: "Has bloqueado al bot, así que no se envió nada.",
  undeliverable: "Telegram no acepta mensajes para este chat.",
  forgotten: "Era de antes de que pidieras que te olvidaran.",
  "unused kind": "El bot no usa esta clase de actualización.",
  group: "Ocurrió en un grupo.",
  throttled: "El grupo ya tuvo respuesta en el último minuto.",
  bot: "Venía de un bot.",
  "not newer": "Ya se sabía algo más nuevo.",
}
