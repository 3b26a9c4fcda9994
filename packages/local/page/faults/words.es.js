/** @type {Record<string, { title: string, expect: string }>} */
const list = {
  limited: {
    title: "429: demasiadas peticiones",
    expect:
      "Telegram rechaza el próximo mensaje durante 3 s. El trabajador los espera con él en la mano y lo envía después: una vez, 3 s tarde.",
  },
  trouble: {
    title: "500: error del servidor",
    expect:
      "Nadie sabe si llegó el próximo mensaje. La actualización vuelve a la cola como copia retrasada; antes de enviarlo otra vez se pregunta a Telegram si escucha.",
  },
  proxy: {
    title: "502, una página HTML",
    expect:
      "Un proxy responde en lugar de Telegram con algo que no es JSON. Se trabaja como un 500, y nada se rompe por la página.",
  },
  cut: {
    title: "Cortado después de enviarse",
    expect:
      "El mensaje llega, su respuesta no. Puede venir dos veces, nunca tres, y la actualización cuenta como ambigua.",
  },
  slow: {
    title: "Lento, 11 s",
    expect:
      "La respuesta a un texto se espera 10 s; después su resultado se desconoce y viene otra vez. Un vídeo o una voz tienen 60 s y simplemente tardan más.",
  },
  botLimit: {
    title: "Un límite de todo el bot",
    expect:
      "Un mensaje cada cuatro segundos, para todos juntos. Los rechazos enseñan a todos los trabajadores un mismo ritmo; los toques van antes que los recién llegados y nadie se pierde.",
  },
  speech: {
    title: "La voz no funciona",
    expect:
      "Un saludo que nadie ha oído aún se envía como texto, y el camino sigue: la actualización dice que se envió menos de lo previsto.",
  },
  media: {
    title: "No se puede leer el almacén",
    expect:
      "Telegram también ha olvidado el vídeo, y ni puede buscarlo ni lo recibe de nosotros: llega un mensaje con un enlace. Los saludos se dicen de nuevo.",
  },
  queue: {
    title: "La cola rechaza",
    expect:
      "El webhook responde 503 y nunca 200. Telegram vuelve tras 1, 2, 4 … s hasta que la cola lo toma: actívala de nuevo y se trabaja.",
  },
  tables: {
    title: "No se puede escribir en las tablas",
    expect:
      "La actualización falla y vuelve cuando la cola la muestra otra vez, en diez minutos, o al momento con el botón de Operación. Tras tres fallos es una carta muerta.",
  },
  kill: {
    title: "Matar al trabajador en su próximo mensaje",
    expect:
      "El proceso muere cuando Telegram tiene el mensaje y nadie lo ha anotado: el peor momento. Empieza de nuevo, retoma lo que tenía en la mano, y puedes recibir el mensaje dos veces.",
  },
  killNow: {
    title: "Matar al trabajador ahora",
    expect:
      "Lo que esté haciendo termina a medias. Aquí servidor y trabajador son un solo proceso, así que la página se queda un segundo sin ambos.",
  },
  garbled: {
    title: "Una actualización ilegible",
    expect:
      "Como si Telegram hubiera cambiado un campo que usamos: se aparta entera, con alarma, y no detiene a nadie. Mira en Operación.",
  },
}

export const faults = {
  title: "Qué va a fallar",
  lead: "Elige algo, luego escribe o toca en el chat y mira la traza.",
  telegram: "Telegram",
  machine: "Esta máquina",
  next: "Próximo mensaje",
  now: "Ahora",
  armed: "Fallará una vez.",
  changed: "Hecho.",
  sent: "Está en camino.",
  killed: "Muerto. Está empezando de nuevo.",
  waiting: "Por fallar: {n}.",
  cleared: "Ya no falla nada.",
  clear: "Quitar",
  failed: "El servidor no lo aceptó.",
  list,
}
