// Reads {sections, phrases} as JSON, answers each phrase with MiniSearch and lunr: see search.py.
"use strict";
const { sections, phrases } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const MiniSearch = require("minisearch").default || require("minisearch");
const lunr = require("lunr");

const fields = ["title", "page", "lay", "text"];
const boost = { title: 3, lay: 4, page: 1.5 };
const mini = new MiniSearch({ fields, idField: "address" });
mini.addAll(sections);
const index = (names) => lunr(function () {
  this.ref("address");
  for (const name of names) this.field(name, { boost: boost[name] || 1 });
  for (const section of sections) this.add(section);
});
const withLay = index(fields), without = index(["title", "page", "text"]);
const clean = (text) => text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const ask = {
  "MiniSearch 7.2.0, fuzzy 0.3, prefix, our lay words": (text) => mini.search(text, { boost, fuzzy: 0.3, prefix: true }).map((r) => r.id),
  "lunr 2.3.9, our lay words": (text) => withLay.search(clean(text)).map((r) => r.ref),
  "lunr 2.3.9, as Material asks it (no lay words)": (text) => without.search(clean(text)).map((r) => r.ref),
};
const answers = {};
for (const [name, search] of Object.entries(ask)) answers[name] = phrases.map((text) => search(text).slice(0, 3));
console.log(JSON.stringify(answers));
