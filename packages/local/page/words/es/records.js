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

/** @type {Readonly<Record<import("../../types.d.ts").Counter, string>>} */
export const counters = {
  accepted: "Aceptadas",
  applied: "Aplicadas",
  ignored: "Ignoradas",
  parked: "Apartadas",
  dead: "Muertas",
  queued: "En cola",
  sent: "Enviados",
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
