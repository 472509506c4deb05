// What a hundred thousand messages say: short and long, in two languages, and the same in every run.
const WORDS = {
  en: "the a we they meeting tomorrow please send report today table number draft signed office call back after lunch before noon train late agreed budget second page line about with from not yet ready room key scale weight copy letter thanks sorry maybe again done".split(" "),
  ru: "и мы они завтра встреча пришлите отчёт сегодня таблица номер проект подписан кабинет перезвоните после обеда до полудня поезд опоздал согласовано бюджет вторая страница строка про с от ещё не готово комната ключ весы вес копия письмо спасибо простите может снова сделано".split(" "),
};

/** Most messages are a few words, some a paragraph. */
const LENGTHS = [1, 2, 2, 3, 3, 4, 4, 5, 6, 6, 7, 8, 9, 11, 13, 16, 20, 28, 45];

/** Makes the messages, each with its number. */
export function talk(count) {
  const pick = picker(7);
  return Array.from({ length: count }, (_, index) => {
    const words = WORDS[pick([0, 0, 1]) ? "ru" : "en"];
    const text = Array.from({ length: pick(LENGTHS) }, () => pick(words)).join(" ");
    return `${text}${pick([".", "", "?", "!", " 👍"])} (${index + 1})`;
  });
}

/** A linear congruential generator (Numerical Recipes): no secret, and the same everywhere. */
function picker(seed) {
  let state = seed;
  return (list) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)];
  };
}
