// The search of the page Search: forgives misspellings, joined words and word endings. Runs in the page, asks nobody.
// DATA stands in front of it, made by search.py.
"use strict";
(() => {
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ#$%&()*+-/";
  const words = DATA.words.split(" ");
  const common = new Set(DATA.common.split(" "));
  // For each word: [section, weight] pairs, read from steps such as "C6,A,B4".
  const places = DATA.places.split(" ").map((list) => {
    let section = 0;
    return list.split(",").map((step) => {
      const digit = /\d$/.test(step) ? Number(step.slice(-1)) : 1;
      let distance = 0;
      for (const letter of step.replace(/\d$/, "")) distance = distance * 36 + LETTERS.indexOf(letter);
      section += distance;
      return [section, digit];
    });
  });
  const known = new Map(words.map((word, number) => [word, number]));

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}|['\u2019]/gu, "");
  // As a word sounds, roughly: "fone" and "phone", "sikness" and "sickness" are the same.
  const sound = (word) => word.replace(/^kn/, "n").replace(/^wr/, "r").replace(/ui/g, "u").replace(/ph/g, "f").replace(/gh(?=t)/g, "").replace(/ck|c(?![eiyh])|q/g, "k")
    .replace(/c(?=[eiy])/g, "s").replace(/x/g, "ks").replace(/z/g, "s").replace(/tion|shun|sion/g, "sn")
    .replace(/ae|ee|ea|ie|ei|y/g, "i").replace(/oo|ou|ow|u/g, "o").replace(/(.)\1/g, "$1").replace(/e$/, "");
  const sounds = words.map(sound);

  // Edits between two words, two swapped letters counted as one (optimal string alignment); Infinity above `most`.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let before = [], last = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const now = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
        least = Math.min(least, now[j]);
      }
      if (least > most) return Infinity;
      before = last;
      last = now;
    }
    return last[b.length];
  };

  // How much a typed word is a known one: 1 for the same, less for another ending, less for a misspelling.
  const likeness = (typed, heard, number) => {
    const word = words[number];
    if (typed === word) return 1;
    const short = Math.min(typed.length, word.length), gap = Math.abs(typed.length - word.length);
    if (short >= 3 && gap <= 4 && (word.startsWith(typed) || typed.startsWith(word))) return 0.92 - 0.06 * gap;
    if (short < 4) return typed.length > 2 && heard === sounds[number] ? 0.8 : 0;
    const most = typed.length > 8 ? 3 : typed.length > 5 ? 2 : 1;
    const edits = Math.min(distance(typed, word, most), distance(heard, sounds[number], most) + 0.3);
    if (edits > most) return 0;
    return (typed[0] === word[0] ? 0.95 : 0.85) - edits * (1.7 / Math.max(typed.length, word.length));
  };

  // The known words that a typed word may be: [number, likeness], those near to the best one.
  const near = (typed) => {
    const heard = sound(typed);
    const found = words.map((_, number) => [number, likeness(typed, heard, number)]).filter((pair) => pair[1] > 0.45);
    const best = Math.max(0, ...found.map((pair) => pair[1]));
    return { best, found: found.filter((pair) => pair[1] > best * 0.8) };
  };
  // One such list for the word, or two where two words were typed as one and those fit better.
  const meant = (typed) => {
    const whole = near(typed);
    let best = whole.best, lists = [whole.found];
    for (let cut = 2; whole.best < 0.66 && cut <= typed.length - 3; cut++) {
      const parts = [typed.slice(0, cut), typed.slice(cut)];
      const halves = parts.map((part) => (common.has(part) ? { best: 1, found: [] } : part.length < 4 ? { best: 0 } : near(part)));
      const worst = Math.min(...halves.map((half) => half.best)) * 0.95;
      if (worst > best) [best, lists] = [worst, halves.map((half) => half.found)];
    }
    return lists;
  };

  // Two typed words that are one: "pace maker".
  const joined = (typed) => {
    const out = [];
    for (let at = 0; at < typed.length; at++) {
      const both = typed[at] + (typed[at + 1] || "");
      const single = typed.slice(at, at + 2).every((word) => common.has(word) || known.has(word));
      if (at + 1 < typed.length && both.length > 5 && !single && near(both).best > 0.72) out.push(both), at++;
      else out.push(typed[at]);
    }
    return out;
  };

  const search = (text) => {
    const all = plain(text).match(/[\p{L}\p{N}]+/gu) || [];
    const told = joined(all).filter((word) => !common.has(word) || known.has(word));
    const scores = new Map();
    for (const typed of told) {
      for (const choices of meant(typed)) {
        const gained = new Map(); // a typed word counts once for a section, as what suits it best
        for (const [number, alike] of choices) {
          const rare = Math.log(1 + DATA.sections.length / places[number].length);
          for (const [section, weight] of places[number]) {
            // In doubt, the signs that need help now stand higher.
            const urgent = DATA.pages[DATA.sections[section][0]][0] === DATA.urgent ? 1.3 : 1;
            const worth = alike ** 2 * rare * (1 + weight) * urgent * (common.has(typed) ? 0.2 : 1);
            if (worth > (gained.get(section) || 0)) gained.set(section, worth);
          }
        }
        for (const [section, worth] of gained) scores.set(section, (scores.get(section) || 0) + worth);
      }
    }
    return [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, 8).map(([section]) => {
      const [page, anchor, heading] = DATA.sections[section];
      return { address: `${DATA.pages[page][0]}#${anchor}`, heading, title: DATA.pages[page][1] };
    });
  };

  const box = document.querySelector(".find-box");
  if (!box) return;
  const field = box.querySelector("input"), said = document.getElementById("found"), list = document.getElementById("results");
  const show = () => {
    const text = field.value.trim(), found = text.length > 1 ? search(text) : [];
    list.replaceChildren(...found.map(({ address, heading, title }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `../${address}`;
      link.textContent = heading;
      item.append(link, document.createElement("br"), `${said.dataset.on} ${title}`);
      return item;
    }));
    const news = text.length < 2 ? "" : found.length ? `${said.dataset.found} ${found.length}` : said.dataset.none;
    history.replaceState(field.value, ""); // for the way back; it goes when the tab is closed
    clearTimeout(waiting); // a screen reader is told when the typing rests, not at each letter
    waiting = setTimeout(() => { if (said.textContent !== news) said.textContent = news; }, 500);
  };
  let waiting = 0;
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.focus();
  });
  field.addEventListener("input", show);
  box.hidden = false;
  if (typeof history.state === "string") field.value = history.state;
  show();
})();
