import type { Voice } from "@concierge/core/brand/Voice.ts"
import type { Words } from "../brand.ts"

const spokenOf = {
  never: "Wir fangen ganz vorne an: mit dem Wind, mit einem Knoten und mit viel Zeit.",
  some: "Den Wind kennst du schon. Jetzt fehlt dir noch das Ruder, und dort ist Platz für zwei.",
  skipper: "Das Meer hast du schon im Griff. Such dir also ein Boot aus, um die Leinen kümmern wir uns.",
}

const seasonOf = {
  spring: "Im Frühling segeln wir <b>mittwochs und samstags</b>, bei leichtem Wind, und die Bucht gehört uns allein.",
  summer: "Im Sommer segeln wir <b>jeden Tag</b>, am späten Nachmittag, wenn der Nordwind nachlässt.",
  autumn: "Im Herbst segeln wir <b>am Wochenende</b>, und an Bord gibt es heißen Tee.",
  winter: "Im Winter gibt es dienstags <b>Knoten und Seekarten</b>, und das Meer, wann immer es uns lässt.",
}

export const name = "Deutsch"

export const voice: Voice = { id: "Daniel", engine: "generative", local: "de" }

// Nichts hier hängt vom Geschlecht der Person ab: Wir kennen es nicht.
export const words: Words = {
  steps: {
    hello: {
      button: "⛵ Anfangen",
      hint: "An Bord ist alles bereit. Tippe auf den Knopf, um anzufangen 👇",
      text: ({ name }) =>
        `⛵ ${name ? `Hallo, ${name}!` : "Hallo!"} <b>Schön, dass du bei Marea bist.</b>\n\nWir sind eine kleine Segelschule. In zwei Minuten weißt du, wie wir segeln, und wir wissen, wie du gern segelst.`,
      again: "⛵ Begrüßung noch einmal lesen",
    },
    level: {
      button: "🧭 Weiter",
      hint: "Als Nächstes kommt eine Frage. Tippe auf den Knopf 👇",
      text: ({ name }) => `🧭 ${name ? `${name}, wie` : "Wie"} viel bist du schon gesegelt?`,
      choices: {
        never: "Ich war noch nie auf einem Boot",
        some: "Ein paar Mal, am Ruder war jemand anderes",
        skipper: "Ich führe ein Boot allein",
      },
      waiting: "Ich weiß noch nicht, wie viel du schon gesegelt bist. Such dir eine Antwort aus 👇",
    },
    lesson: {
      button: "▶️ Erste Stunde ansehen",
      hint: "Deine erste Stunde ist bereit. Tippe auf den Knopf, um sie anzusehen 👇",
      caption: ({ answers, name }) =>
        `🎬 <b>${name ? `Deine erste Stunde, ${name}.` : "Deine erste Stunde."}</b>\n\n${
          answers.level === "some"
            ? "Einiges davon kennst du. Den Wind mit neuen Augen zu sehen, lohnt sich trotzdem."
            : "Ohne Eile und ohne große Worte: was der Wind ist, und was wir mit ihm machen."
        }`,
      link: ({ url }) =>
        `🎬 Heute lässt sich die Stunde hier nicht abspielen, aber du kannst sie <a href="${url}">im Browser ansehen</a>.`,
      again: "▶️ Erste Stunde noch einmal ansehen",
    },
    boats: {
      button: "🛥 Boote kennenlernen",
      hint: "Die Boote warten auf dich. Tippe auf den Knopf 👇",
      text: ({ name }) =>
        `🛥 <b>${name ? `Unsere Boote, ${name}` : "Unsere Boote"}</b>\n\n• <b>Reiher</b> – 7 Meter, leicht und verspielt\n• <b>Otter</b> – 9 Meter, mit Platz für die Familie\n• <b>Wal</b> – 12 Meter, zum Schlafen an Bord\n\nBring deinen Segelschein mit: <i>Den Rest klären wir an Land.</i>`,
      again: "🛥 Boote noch einmal ansehen",
    },
    greeting: {
      button: "🎧 Meine Nachricht anhören",
      hint: "Für dich liegt eine Nachricht bereit. Tippe auf den Knopf, um sie zu hören 👇",
      spoken: ({ answers, name }) =>
        `${name ? `Hallo, ${name}!` : "Hallo!"} Hier ist Marea. ${spokenOf[answers.level ?? "never"]} Bis bald am Steg.`,
      caption: ({ name }) => `🎧 Eine Nachricht für dich${name ? `, ${name}` : ""}.`,
      written: ({ answers, name }) =>
        `💬 ${name ? `Hallo, ${name}!` : "Hallo!"} Hier ist Marea. ${spokenOf[answers.level ?? "never"]} Bis bald am Steg.`,
      again: "🎧 Meine Nachricht noch einmal anhören",
    },
    season: {
      button: "📅 Jahreszeit wählen",
      hint: "Nur die Jahreszeit fehlt noch. Tippe auf den Knopf 👇",
      text: () => "📅 Und wann möchtest du aufs Meer?",
      choices: { spring: "🌱 Frühling", summer: "☀️ Sommer", autumn: "🍂 Herbst", winter: "❄️ Winter" },
      waiting: "Du hast noch keine Jahreszeit gewählt. Welche soll es sein? 👇",
    },
    aboard: {
      button: "✅ An Bord gehen",
      hint: "Nur ein Schritt fehlt noch. Tippe auf den Knopf 👇",
      text: ({ answers, name }) =>
        `⚓️ <b>${name ? `Alles ist bereit, ${name}!` : "Alles ist bereit!"}</b>\n\n${
          seasonOf[answers.season ?? "summer"]
        }\n\nDeinen Platz suchst du dir im Kalender aus. Im /menu findest du alles wieder.`,
      link: "📅 Kalender öffnen",
      copy: "🎁 Code für Freunde kopieren",
    },
  },
  finished: "Alles ist bereit. Das kann ich für dich tun 👇",
  again: "Hier geht es weiter 👇",
  startFirst: "Wir kennen uns noch nicht. Schick /start, dann zeige ich dir die Schule.",
  linkOver: "🔗 Der Link, über den du kommst, gilt nicht mehr. Willkommen bist du trotzdem.",
  menu: {
    text: "<b>Was möchtest du tun?</b>",
    language: "🌐 Sprache ändern",
    restart: "🔄 Von vorn anfangen",
  },
  help: ({ languages }) =>
    `<b>Marea in einer Minute</b>\n\nZwei Fragen, eine erste Stunde und eine Nachricht für dich. Wenn du mittendrin aufhörst, geht es mit /start dort weiter.\n\n/menu – alles noch einmal\n/language – ${languages}\n/restart – von vorn anfangen\n/forgetme – löschen, was ich über dich weiß`,
  language: {
    question: "In welcher Sprache wollen wir sprechen?",
    chosen: "Abgemacht: Ab jetzt sprechen wir Deutsch. 👍",
  },
  restarted: "🔄 Du bist wieder am Anfang. Tippe auf den Knopf, um neu zu beginnen.",
  forget: {
    question: (minutes) =>
      `<b>Soll ich dich vergessen?</b>\n\nIch lösche dein Profil (Name, Benutzername, Sprache), deine Antworten, die Kampagne, die dich hergeführt hat, und deinen Fortschritt, und nehme deinen Namen aus dem Protokoll dessen, was du hier getan hast. Das lässt sich nicht rückgängig machen.\n\nDer Knopf gilt ${minutes} Minuten lang.`,
    yes: "🗑 Ja, vergiss mich",
    no: "Nein, behalte meine Daten",
    kept: "In Ordnung, es wurde nichts gelöscht. 🙂",
    expired: (minutes) =>
      `Diese Frage ist älter als ${minutes} Minuten, deshalb wurde nichts gelöscht. Schick /forgetme, um sie noch einmal zu stellen.`,
    done: (days) =>
      [
        "<b>Ich habe dich vergessen.</b> Dein Profil, deine Antworten und dein Fortschritt sind gelöscht, und im Protokoll steht nicht mehr, dass du es warst.\n\nEinige Kopien verschwinden etwas später von selbst:",
        `• technische Protokolle: ${days.logs} Tage`,
        `• Nachrichten, die nicht verarbeitet werden konnten, falls es welche gibt: ${days.deadLetters} Tage`,
        `• Sicherungskopien der Datenbank: ${days.backups} Tage`,
        `• eine anonyme Markierung (ein Hash), damit ältere Nachrichten dich nicht zurückholen: ${days.tombstone} Tage`,
        `• die Aufnahme der Nachricht: bis zu ${days.greetings} Tage; sie enthält nur einen Vornamen und ist nicht mit dir verknüpft`,
        "\nTelegram behält seine eigene Kopie dieses Chats, bis du sie löschst.",
      ].join("\n"),
    unknown: "Es gibt nichts zu löschen: Ich weiß nichts über dich.",
  },
  toasts: { finished: "Du bist schon an Bord ⚓️ Im /menu gibt es mehr." },
  group: {
    text: "⛵ Ich begrüße immer eine Person auf einmal. Tippe auf den Knopf, dann sprechen wir privat.",
    button: "💬 Chat öffnen",
  },
  commands: {
    start: "Anfangen, oder dort weitermachen, wo du warst",
    menu: "Stunde, Nachricht und Einstellungen",
    language: "Sprache ändern",
    restart: "Von vorn anfangen",
    help: "So funktioniert es",
    forgetme: "Löschen, was ich über dich weiß",
  },
  description: {
    long: "Marea ist eine kleine Segelschule. Zwei Fragen, eine erste Lektion und eine Nachricht nur für dich: In zwei Minuten bist du an Bord.",
    short: "Eine kleine Segelschule: Deine erste Lektion ist hier.",
  },
}
