// What each counter counts.

/** @type {Readonly<Record<import("../../types.d.ts").Counter, string>>} */
export const counted = {
  accepted: "El webhook dijo 200: la actualización está a salvo en la cola.",
  applied: "Trabajadas hasta el final.",
  ignored: "No cambiaron nada, por una razón dicha: repetida, demasiado vieja, no era para nosotros.",
  parked: "No pudimos leerla; se guarda entera hasta que un arreglo la entienda.",
  dead: "Falló tres veces; espera a un operador.",
  queued: "Aún sin trabajar.",
  sent: "Lo que el bot ha escrito a todos.",
}
