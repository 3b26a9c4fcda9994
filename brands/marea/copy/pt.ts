import type { Voice } from "@concierge/core/brand/Voice.ts"
import type { Words } from "../brand.ts"

const spokenOf = {
  never: "Vamos começar pelo princípio: o vento, um nó, e a calma de quem tem o dia todo.",
  some: "Já conheces o vento. Agora falta-te o leme, e esse é para partilhar.",
  skipper: "Já tens o mar nas mãos. Por isso, escolhe o barco, que nós tratamos das amarras.",
}

const seasonOf = {
  spring: "Na primavera saímos às <b>quartas e sábados</b>, com vento leve e a baía só para nós.",
  summer: "No verão saímos <b>todos os dias</b>, ao fim da tarde, quando a nortada acalma.",
  autumn: "No outono saímos aos <b>fins de semana</b>, e há chá quente a bordo.",
  winter: "No inverno há <b>oficina de nós e cartas</b> às terças, e mar sempre que ele deixa.",
}

export const name = "Português"

export const voice: Voice = { id: "Ines", engine: "neural", local: "pt" }

// Nada aqui depende do género da pessoa: não o conhecemos.
export const words: Words = {
  steps: {
    hello: {
      button: "⛵ Começar",
      hint: "A bordo está tudo pronto. Toca no botão para começar 👇",
      text: ({ name }) =>
        `⛵ ${name ? `Olá, ${name}!` : "Olá!"} <b>Que bom ter-te na Marea.</b>\n\nSomos uma pequena escola de vela. Em dois minutos ficas a saber como navegamos, e nós como gostas de navegar.`,
      again: "⛵ Ler as boas-vindas outra vez",
    },
    level: {
      button: "🧭 Continuar",
      hint: "A seguir há uma pergunta. Toca no botão 👇",
      text: ({ name }) => `🧭 ${name ? `${name}, quanto` : "Quanto"} é que já velejaste?`,
      choices: {
        never: "Nunca pus os pés num barco",
        some: "Algumas vezes, com alguém ao leme",
        skipper: "Levo o barco sem ajuda",
      },
      waiting: "Ainda não sei quanto já velejaste. Escolhe uma resposta 👇",
    },
    lesson: {
      button: "▶️ Ver a primeira aula",
      hint: "A primeira aula está pronta. Toca no botão para a ver 👇",
      caption: ({ answers, name }) =>
        `🎬 ${name ? `<b>A tua primeira aula, ${name}.</b>` : "<b>A tua primeira aula.</b>"}\n\n${
          answers.level === "some"
            ? "Parte disto já conheces. Mas ver o vento com outros olhos faz sempre bem."
            : "Sem pressa e sem palavras difíceis: o que é o vento, e o que fazemos com ele."
        }`,
      link: ({ url }) =>
        `🎬 Hoje não conseguimos mostrar-te a aula aqui, mas podes <a href="${url}">vê-la no navegador</a>.`,
      again: "▶️ Ver a primeira aula outra vez",
    },
    boats: {
      button: "🛥 Conhecer os barcos",
      hint: "Os barcos esperam por ti. Toca no botão 👇",
      text: ({ name }) =>
        `🛥 <b>${name ? `Os nossos barcos, ${name}` : "Os nossos barcos"}</b>\n\n• <b>Garça</b> – 7 metros, leve e brincalhona\n• <b>Lontra</b> – 9 metros, para levar a família\n• <b>Baleia</b> – 12 metros, para dormir a bordo\n\nTraz a tua carta de navegação: <i>fazemos o resto em terra.</i>`,
      again: "🛥 Ver os barcos outra vez",
    },
    greeting: {
      button: "🎧 Ouvir a minha mensagem",
      hint: "Há uma mensagem gravada para ti. Toca no botão para a ouvir 👇",
      spoken: ({ answers, name }) =>
        `${name ? `Olá, ${name}!` : "Olá!"} Daqui fala a Marea. ${spokenOf[answers.level ?? "never"]} Até já, no cais.`,
      caption: ({ name }) => `🎧 Uma mensagem para ti${name ? `, ${name}` : ""}.`,
      written: ({ answers, name }) =>
        `💬 ${name ? `Olá, ${name}!` : "Olá!"} Daqui fala a Marea. ${spokenOf[answers.level ?? "never"]} Até já, no cais.`,
      again: "🎧 Ouvir a minha mensagem outra vez",
    },
    season: {
      button: "📅 Escolher a época",
      hint: "Falta só escolher a época. Toca no botão 👇",
      text: () => "📅 E quando é que queres sair para o mar?",
      choices: { spring: "🌱 Primavera", summer: "☀️ Verão", autumn: "🍂 Outono", winter: "❄️ Inverno" },
      waiting: "Ainda não escolheste a época. Qual é que preferes? 👇",
    },
    aboard: {
      button: "✅ Subir a bordo",
      hint: "Falta só um passo. Toca no botão 👇",
      text: ({ answers, name }) =>
        `⚓️ <b>${name ? `Está tudo pronto, ${name}!` : "Está tudo pronto!"}</b>\n\n${
          seasonOf[answers.season ?? "summer"]
        }\n\nO lugar escolhe-se no calendário. Em /menu encontras tudo outra vez.`,
      link: "📅 Abrir o calendário",
      copy: "🎁 Copiar o código para um amigo",
    },
  },
  finished: "Já está tudo pronto. Isto é o que posso fazer por ti 👇",
  again: "É por aqui 👇",
  startFirst: "Ainda não nos conhecemos. Envia /start e mostro-te a escola.",
  linkOver: "🔗 O link por onde vieste já não está ativo, mas a porta está aberta na mesma.",
  menu: {
    text: "<b>O que te apetece fazer?</b>",
    language: "🌐 Mudar de língua",
    restart: "🔄 Recomeçar",
  },
  help: ({ languages }) =>
    `<b>A Marea num minuto</b>\n\nDuas perguntas, uma primeira aula e uma mensagem gravada para ti. Se parares a meio, /start continua onde ficaste.\n\n/menu – ver tudo outra vez\n/language – ${languages}\n/restart – recomeçar\n/forgetme – apagar o que sei de ti`,
  language: {
    question: "Em que língua falamos?",
    chosen: "Combinado: a partir de agora falamos português. 👍",
  },
  restarted: "🔄 Voltaste ao princípio. Toca no botão para recomeçar.",
  forget: {
    question: (minutes) =>
      `<b>Queres que me esqueça de ti?</b>\n\nVou apagar o teu perfil (nome, utilizador, língua), as tuas respostas, a campanha que te trouxe e o teu progresso, e tirar o teu nome do registo do que fizeste aqui. Não há volta atrás.\n\nO botão serve durante ${minutes} minutos.`,
    yes: "🗑 Sim, esquece-me",
    no: "Não, guarda os meus dados",
    kept: "Está bem, não apaguei nada. 🙂",
    expired: (minutes) =>
      `Essa pergunta tem mais de ${minutes} minutos, por isso não apaguei nada. Envia /forgetme para a repetir.`,
    done: (days) =>
      [
        "<b>Já me esqueci de ti.</b> O teu perfil, as tuas respostas e o teu progresso foram apagados, e o registo do que fizeste já não diz que foste tu.\n\nAlgumas cópias desaparecem sozinhas um pouco mais tarde:",
        `• registos técnicos: ${days.logs} dias`,
        `• mensagens que não se conseguiram processar, se as houver: ${days.deadLetters} dias`,
        `• cópias de segurança da base de dados: ${days.backups} dias`,
        `• uma marca anónima (um hash), para que mensagens antigas não te tragam de volta: ${days.tombstone} dias`,
        `• a gravação da mensagem: até ${days.greetings} dias; só contém um nome próprio e não está ligada a ti`,
        "\nO Telegram guarda a sua própria cópia desta conversa até a apagares.",
      ].join("\n"),
    unknown: "Não há nada para apagar: não sei nada de ti.",
  },
  toasts: { finished: "Já chegaste ao fim ⚓️ Em /menu há mais." },
  group: {
    text: "⛵ Recebo uma pessoa de cada vez. Toca no botão e falamos em privado.",
    button: "💬 Abrir a conversa",
  },
  commands: {
    start: "Começar, ou continuar onde ficaste",
    menu: "Aula, mensagem e definições",
    language: "Mudar de língua",
    restart: "Recomeçar",
    help: "Como funciona",
    forgetme: "Apagar o que sei de ti",
  },
  description: {
    long: "A Marea é uma pequena escola de vela. Duas perguntas, uma primeira aula e uma mensagem gravada para ti: em dois minutos estás a bordo.",
    short: "Uma pequena escola de vela: a tua primeira aula está aqui.",
  },
}
