// The page: a file is chosen or dropped, verified in a worker of what the page carries itself, and shown. Whatever stands in a bundle
// was chosen by whoever made it: it becomes text and nothing else.
"use strict";
{
  const WORDS = {
    en: {
      title: "Verify evidence",
      language: "Language",
      about: "What a bundle of evidence (.evb) proves, what a server only asserts, and what is wrong. The file stays on this device: this page cannot reach any network.",
      choose: "Choose a bundle",
      drop: "or drop it here",
      busy: "Verifying…",
      stop: "Stop",
      compare: "Compare by telephone",
      how: "Call each organisation by a number that you knew before, and compare its digits. Only then does anything count as proven.",
      same: "{name}: I compared these digits with the organisation itself, and they are the same",
      clocks: "Who vouches for times",
      trust: "A time counts as proven only by an authority that you trust: add its certificate (PEM or DER), and compare its digits with what the authority publishes.",
      add: "Add a certificate",
      remove: "Remove {name}",
      none: "This is no certificate.",
      things: "What is in it",
      alone: "This page works without a network. Save it, and it opens from a disk years later.",
      large: "The file is larger than any bundle of evidence.",
      failed: "This device could not read the file: it has too little memory, or the file is gone.",
      file: "the whole file",
    },
    ru: {
      title: "Проверка доказательств",
      language: "Язык",
      about: "Что доказывает пакет доказательств (.evb), что лишь утверждает сервер и что неверно. Файл остаётся на этом устройстве: эта страница не может обратиться ни к какой сети.",
      choose: "Выбрать пакет",
      drop: "или перетащите его сюда",
      busy: "Проверяем…",
      stop: "Остановить",
      compare: "Сверьте по телефону",
      how: "Позвоните в каждую организацию по номеру, который знали раньше, и сверьте цифры. Только тогда что-либо считается доказанным.",
      same: "{name}: эти цифры сверены с самой организацией, они совпадают",
      clocks: "Кто ручается за время",
      trust: "Время считается доказанным, только если за него ручается центр, которому вы доверяете: добавьте его сертификат (PEM или DER) и сверьте цифры с теми, что публикует сам центр.",
      add: "Добавить сертификат",
      remove: "Убрать {name}",
      none: "Это не сертификат.",
      things: "Что внутри",
      alone: "Страница работает без сети. Сохраните её — и она откроется с диска и через годы.",
      large: "Файл больше любого пакета доказательств.",
      failed: "Устройство не смогло прочитать файл: не хватает памяти или файла больше нет.",
      file: "весь файл",
    },
    de: {
      title: "Beweise prüfen",
      language: "Sprache",
      about: "Was ein Beweispaket (.evb) beweist, was nur ein Server behauptet und was falsch ist. Die Datei bleibt auf diesem Gerät: Diese Seite kann kein Netz erreichen.",
      choose: "Paket wählen",
      drop: "oder hierher ziehen",
      busy: "Wird geprüft…",
      stop: "Anhalten",
      compare: "Am Telefon vergleichen",
      how: "Rufen Sie jede Organisation unter einer Nummer an, die Sie schon kannten, und vergleichen Sie die Ziffern. Erst dann gilt etwas als bewiesen.",
      same: "{name}: Ich habe diese Ziffern mit der Organisation selbst verglichen, sie sind gleich",
      clocks: "Wer für Zeiten bürgt",
      trust: "Eine Zeit gilt nur durch eine Stelle als bewiesen, der Sie vertrauen: Fügen Sie ihr Zertifikat hinzu (PEM oder DER) und vergleichen Sie die Ziffern mit denen, die sie selbst veröffentlicht.",
      add: "Zertifikat hinzufügen",
      remove: "{name} entfernen",
      none: "Das ist kein Zertifikat.",
      things: "Was darin ist",
      alone: "Diese Seite arbeitet ohne Netz. Speichern Sie sie, und sie öffnet sich auch in Jahren von der Festplatte.",
      large: "Die Datei ist größer als jedes Beweispaket.",
      failed: "Dieses Gerät konnte die Datei nicht lesen: Der Speicher reicht nicht, oder die Datei ist weg.",
      file: "die ganze Datei",
    },
    fr: {
      title: "Vérifier des preuves",
      language: "Langue",
      about: "Ce qu’un dossier de preuves (.evb) prouve, ce qu’un serveur affirme seulement et ce qui est faux. Le fichier reste sur cet appareil : cette page ne peut joindre aucun réseau.",
      choose: "Choisir un dossier",
      drop: "ou déposez-le ici",
      busy: "Vérification…",
      stop: "Arrêter",
      compare: "Comparer par téléphone",
      how: "Appelez chaque organisation à un numéro que vous connaissiez déjà et comparez les chiffres. Alors seulement quelque chose est prouvé.",
      same: "{name} : j’ai comparé ces chiffres avec l’organisation elle-même, ils sont identiques",
      clocks: "Qui garantit les heures",
      trust: "Une heure n’est prouvée que par une autorité en qui vous avez confiance : ajoutez son certificat (PEM ou DER) et comparez les chiffres avec ceux qu’elle publie.",
      add: "Ajouter un certificat",
      remove: "Retirer {name}",
      none: "Ce n’est pas un certificat.",
      things: "Ce qu’il contient",
      alone: "Cette page fonctionne sans réseau. Enregistrez-la : elle s’ouvrira depuis un disque dans des années.",
      large: "Le fichier est plus grand que tout dossier de preuves.",
      failed: "Cet appareil n’a pas pu lire le fichier : mémoire insuffisante, ou le fichier n’existe plus.",
      file: "tout le fichier",
    },
  };
  /** Bytes of a bundle. */
  const MOST_BYTES = 2 ** 30;
  /** Bytes of a certificate. */
  const MOST_CERTIFICATE = 2 ** 16;
  const at = (id) => document.getElementById(id);
  const [language, outcome] = [at("language"), at("outcome")];
  const compared = new Set();
  /** Certificates of authorities that the reader trusts: what the file was called, and its PEM. */
  const trusted = [];
  let chosen = null;
  let running = null;

  const policy = globalThis.trustedTypes?.createPolicy("verify", { createScriptURL: (url) => url });
  const script = URL.createObjectURL(new Blob([at("worker").textContent], { type: "text/javascript" }));
  const module = Uint8Array.from(atob(at("module").textContent), (letter) => letter.charCodeAt(0));
  const words = () => WORDS[language.value];

  function speak() {
    document.documentElement.lang = language.value;
    document.title = words().title;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = words()[element.dataset.word];
  }

  function made(tag, kind, text) {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    element.textContent = text;
    return element;
  }

  function end() {
    running?.terminate();
    running = null;
    at("busy").hidden = true;
  }

  function check() {
    end();
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) return show({ conclusion: "wrong", said: words().large, authorities: [], lines: [] });
    at("busy").hidden = false;
    running = new Worker(policy ? policy.createScriptURL(script) : script);
    const failed = { conclusion: "wrong", said: words().failed, authorities: [], lines: [] };
    running.onmessage = ({ data }) => show(data.told ?? failed);
    running.onerror = () => show(failed);
    running.postMessage({ module, file: chosen, fingerprints: [...compared], authorities: trusted.map(({ pem }) => pem), language: language.value });
  }

  function show({ conclusion, said, summary, lacking, authorities, lines }) {
    end();
    outcome.className = conclusion;
    outcome.replaceChildren(made("strong", "", said), ...[summary, lacking].filter(Boolean).map((text) => made("p", "", text)), made("p", "name", chosen?.name ?? ""));
    const known = lines.filter((line) => line.fingerprint);
    fill("organisations", known.map(organisation));
    fill("clocks", authorities.map(authority));
    at("clocks").hidden = false;
    fill("things", lines.map(thing));
  }

  function fill(id, rows) {
    const focused = document.activeElement?.id;
    at(id).hidden = rows.length === 0;
    at(id).querySelector("ul").replaceChildren(...rows);
    if (focused) document.getElementById(focused)?.focus();
  }

  /** An organisation, its digits, and whether they were compared. */
  function organisation({ what, fingerprint }, number) {
    const row = document.createElement("li");
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.id = `compared-${number}`;
    box.checked = compared.has(fingerprint);
    box.addEventListener("change", () => {
      if (box.checked) compared.add(fingerprint);
      else compared.delete(fingerprint);
      check();
    });
    label.append(box, made("span", "", words().same.replace("{name}", () => what)));
    row.append(made("p", "digits", fingerprint), label);
    return row;
  }

  /** An authority as its certificate names it, and a way to trust it no longer. */
  function authority(said, number) {
    const row = document.createElement("li");
    const text = document.createElement("div");
    const name = said?.name ?? trusted[number].name;
    text.append(made("bdi", "what", name));
    text.append(said ? made("p", "path", said.fingerprint) : made("p", "fault", words().none));
    const remove = made("button", "", "✕");
    remove.type = "button";
    remove.ariaLabel = words().remove.replace("{name}", () => name);
    remove.addEventListener("click", () => {
      trusted.splice(number, 1);
      at("authority").focus();
      check();
    });
    row.append(text, remove);
    return row;
  }

  /** Takes certificates; one in DER becomes PEM, so that there is one way to hand them on. */
  async function trust(files) {
    for (const file of files) {
      if (file.size > MOST_CERTIFICATE) {
        trusted.push({ name: file.name, pem: "" });
        continue;
      }
      const text = String.fromCharCode(...new Uint8Array(await file.arrayBuffer()));
      const pem = text.startsWith("-----BEGIN") ? text : `-----BEGIN CERTIFICATE-----\n${btoa(text)}\n-----END CERTIFICATE-----\n`;
      trusted.push({ name: file.name, pem });
    }
    check();
  }

  /** Tells a bundle from a certificate by its first bytes. */
  async function dropped(files) {
    for (const file of files) {
      const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
      // A sequence in DER, or the dashes of PEM; everything else is looked at as a bundle.
      if (file.size <= MOST_CERTIFICATE && (head[0] === 0x30 || (head[0] === 0x2d && head[1] === 0x2d))) await trust([file]);
      else choose(file);
    }
  }

  function thing({ standing, sure, what, when, path, faults, remarks }) {
    const row = made("li", standing, "");
    const text = document.createElement("div");
    text.append(made("bdi", "what", what));
    if (when) text.append(made("p", "when", when));
    for (const fault of faults) text.append(made("p", "fault", fault));
    for (const remark of remarks) text.append(made("p", "hint", remark));
    text.append(made("p", "path", path || words().file));
    row.append(made("span", "sure", sure), text);
    return row;
  }

  function choose(file) {
    if (!file) return;
    compared.clear();
    chosen = file;
    outcome.replaceChildren();
    outcome.className = "";
    for (const id of ["organisations", "things"]) fill(id, []);
    check();
  }

  at("file").addEventListener("change", () => {
    choose(at("file").files[0]);
    // The same file may be chosen again.
    at("file").value = "";
  });
  at("stop").addEventListener("click", end);
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
  document.addEventListener("drop", (event) => dropped([...(event.dataTransfer?.files ?? [])]));
  at("authority").addEventListener("change", () => {
    trust([...at("authority").files]);
    at("authority").value = "";
  });
  language.addEventListener("change", () => {
    speak();
    check();
  });
  const wanted = navigator.languages.map((tag) => tag.split("-")[0]);
  language.value = wanted.find((tag) => tag in WORDS) ?? "en";
  speak();
}
