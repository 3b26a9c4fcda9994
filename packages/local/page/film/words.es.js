export const film = {
  chapters: {
    newcomer: {
      title: "Una recién llegada",
      lines: [
        "Ada ha visto un cartel y toca su enlace.",
        "Llegó el vídeo de bienvenida, y su campaña queda anotada para siempre. Junto al chat: cada paso que hizo falta.",
        "Un saludo que dice su nombre, hablado una vez y guardado para la próxima Ada.",
      ],
    },
    fault: {
      title: "Un fallo",
      lines: [
        "Ahora el peor momento: el proceso morirá cuando Telegram tenga un mensaje y nadie lo haya anotado.",
        "Preparado. Ada pide el menú…",
      ],
    },
    recovery: {
      title: "La recuperación",
      lines: [
        "El proceso ha muerto a mitad de su trabajo. Empieza uno nuevo.",
        "Ha retomado la actualización: trabajada exactamente una vez. El mensaje puede llegar dos veces, y eso se cuenta.",
        "No queda nada en la cola, y nada murió.",
      ],
    },
    funnel: {
      title: "El embudo",
      lines: [
        "¿Y qué trajo la campaña?",
        "Llegan doscientas personas más por sus enlaces; algunas se quedan por el camino.",
        "Cada persona que vino se cuenta una vez, por muchas veces que se entregue su actualización.",
      ],
    },
  },
}
