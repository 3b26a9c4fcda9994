export const real = {
  title: "El bot de verdad",
  person: "La persona, como la conoce el sistema",
  updates: "Sus actualizaciones",
  people: "Personas, por su id",
  nobody: "Nadie ha escrito desde que arrancó el host.",
  none: "Elige a alguien que haya escrito.",
  unknown: "desconocida",
  names: "Mostrar nombres y palabras",
  standIn: "El chat del sustituto",
  standings: {
    connecting: "Buscando a Telegram…",
    polling: "A la escucha: las actualizaciones llegan según se hacen.",
    "in trouble": "En apuros:",
    none: "No hay bot de verdad: arranca con TELEGRAM_BOT_TOKEN.",
  },
  lost: "El host no responde.",
}
