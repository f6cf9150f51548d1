// The page for staff: its copy buttons. Without this script the texts can be marked and copied by hand.
const said = document.getElementById("copied");
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const rich = document.getElementById(button.dataset.copy);
    const plain = document.getElementById(button.dataset.plain || button.dataset.copy);
    said.textContent = "";
    try {
      const items = { "text/plain": new Blob([plain.textContent], { type: "text/plain" }) };
      if (rich !== plain) items["text/html"] = new Blob([rich.innerHTML], { type: "text/html" });
      await navigator.clipboard.write([new ClipboardItem(items)]);
    } catch {
      // No clipboard without https, and in old browsers: mark the text and have the browser copy it.
      const range = document.createRange();
      range.selectNodeContents(rich);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) {
        said.textContent = said.dataset.failed; // what was copied before is still there, perhaps for somebody else
        return;
      }
    }
    said.textContent = `${said.dataset.words}: ${button.dataset.what}`;
  });
}
