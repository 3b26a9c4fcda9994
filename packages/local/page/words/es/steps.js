// What each step is. By its name in a trace: a title, what it is for, and what it means that it found nothing.

/** @type {Record<string, readonly [title: string, hint: string, missed?: string]>} */
export const steps = {
  queued: [
    "Espera en la cola",
    "Telegram llama al webhook, que hace una sola cosa: pone la actualización en una cola y dice OK. El trabajo ocurre aquí, un momento después. (AWS: SQS)",
  ],
  refused: [
    "No se aceptó",
    "La cola no la tomó, así que el webhook dijo 503 y nunca OK: Telegram guarda la actualización y vuelve tras 1, 2, 4 … segundos.",
  ],
  recover: [
    "Retomar",
    "El proceso que la tenía en la mano murió. El nuevo encuentra la actualización todavía en la cola, y el cerrojo del muerto ya no vale.",
  ],
  postpone: ["Aplazar", "No puede hacerse ahora mismo: una copia retrasada vuelve a la cola. No se pierde nada."],
  "Users.begin": [
    "Empezar: bloquear a la persona",
    "Una escritura toma un breve cerrojo sobre ti y lee tu estado, para que nunca se trabajen dos actualizaciones tuyas a la vez. (AWS: DynamoDB)",
  ],
  "Events.claim": [
    "Reclamar la actualización",
    "Anota que esta actualización se está trabajando. Una copia entregada dos veces encuentra aquí su resultado y no cambia nada.",
  ],
  "Users.commit": [
    "Confirmar el estado nuevo",
    "Estado, resultado y cerrojo en una sola escritura condicional: todo, o nada.",
  ],
  "Users.release": ["Soltar el cerrojo", "No hay nada que confirmar: el cerrojo simplemente se devuelve."],
  "Users.get": ["Leer a la persona", "Mira tu registro sin bloquearlo."],
  "Users.remove": ["Borrar a la persona", "El último paso de /forgetme: tu registro desaparece, cerrojo incluido."],
  "Sessions.save": ["Guardar la sesión", "Un registro por bienvenida, escrito cuando empieza y cuando termina."],
  "Sessions.removeOfUser": ["Borrar las sesiones", "Parte de /forgetme."],
  "Settings.count": [
    "Contar para el embudo",
    "Suma uno al estado alcanzado hoy. El contador sabe qué actualizaciones ha contado, así que ninguna cuenta dos veces.",
  ],
  "Settings.get": [
    "Buscar lo recordado",
    "Por ejemplo: ¿tiene Telegram ya este archivo? Entonces basta su file_id y no se sube nada. O: ¿pidió esta persona que la olvidaran?",
  ],
  "Settings.put": [
    "Recordar un ajuste",
    "Guarda lo que dijo Telegram, como el file_id de un vídeo, para todos los que vengan después.",
  ],
  "Settings.remove": ["Olvidar un ajuste", "Telegram rechazó lo que recordábamos, así que se busca de nuevo."],
  "Settings.throttle": [
    "Pedir el derecho a responder",
    "A un grupo se le responde una vez por minuto, y por un solo intento.",
  ],
  "Settings.release": ["Devolver el derecho", "No se envió nada, para que otro intento pueda responder."],
  "Settings.forgetCounted": [
    "Ordenar el contador",
    "No hace falta que recuerde las actualizaciones que ya no pueden volver.",
  ],
  "Events.finish": [
    "Terminar: anotar el resultado",
    "Lo último que se escribe. Desde ahora una copia de esta actualización es una repetida.",
  ],
  "Events.finished": [
    "Mirar resultados anteriores",
    "Limpieza: qué actualizaciones anteriores ya no hace falta recordar.",
  ],
  "Events.get": ["Leer lo que se pidió", "Tu toque muestra que un mensaje sin respuesta llegó: ¿qué debía hacer?"],
  "Events.strip": [
    "Quitar tu nombre del registro",
    "Parte de /forgetme: los resultados quedan, la persona y lo que escribió desaparecen.",
  ],
  "Settings.swap": [
    "Compartir el ritmo",
    "Telegram no admite más: todos los trabajadores siguen un mismo ritmo, anotado en un solo lugar.",
  ],
  "Telegram.sendVideo": [
    "Enviar el vídeo",
    "El vídeo de verdad, no un enlace. Como mucho un envío que Telegram pueda aceptar.",
  ],
  "Telegram.sendVoice": ["Enviar el mensaje de voz", "Se sube la primera vez; después basta su file_id."],
  "Telegram.sendMessage": ["Enviar un mensaje", "Texto y botones, en tu idioma."],
  "Telegram.sendChatAction": [
    "Mostrar lo que ocurre",
    "«grabando…» en el chat, mientras se hace la voz. Tras un envío sin respuesta: ¿escucha Telegram?",
  ],
  "Telegram.answerCallbackQuery": ["Responder al toque", "Se responde a cada toque, o su botón seguiría girando."],
  "Telegram.getMe": [
    "Preguntar el nombre del bot",
    "Hace falta una vez, para distinguir los comandos para este bot de los de otros.",
  ],
  "Media.signedUrl": [
    "Firmar un enlace al vídeo",
    "Un enlace válido diez minutos, del que Telegram toma el archivo. (AWS: S3)",
  ],
  "Media.get": [
    "Mirar en la caché",
    "¿Se saludó antes a alguien con tu nombre? Entonces la grabación existe.",
    "Aún no está, así que se hace ahora.",
  ],
  "Media.put": ["Guardar la grabación", "Queda para la próxima persona con ese nombre."],
  "Speech.synthesize": [
    "Decir el saludo",
    "Convierte en voz el saludo con tu nombre. El paso más lento, una vez por texto y voz. (AWS: Polly)",
  ],
}

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
