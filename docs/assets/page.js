// "Copy all code": puts the page's script on the clipboard. Without JavaScript the link downloads it.
for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    const label = link.textContent;
    const response = await fetch(link.href);
    await navigator.clipboard.writeText(await response.text());
    link.textContent = link.dataset.copied;
    setTimeout(() => { link.textContent = label; }, 2000);
  });
}

// A copy button on every piece of code. Material listens for its clicks; the buttons that Material would
// make itself stand in landmarks without a name, one for each piece.
const { translations } = JSON.parse(document.getElementById("__config").textContent);
document.querySelectorAll(".highlight:not(.no-copy) > pre > code").forEach((code, number) => {
  code.id = `code-${number + 1}`;
  const button = document.createElement("button");
  button.className = "md-clipboard md-icon";
  button.title = translations["clipboard.copy"];
  button.dataset.clipboardTarget = `#${code.id}`;
  code.parentElement.after(button);
});

// Formulas and tables that are wider than the screen scroll: by keyboard, too.
const scrolling = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
addEventListener("load", () => {
  document.querySelectorAll(".arithmatex, .md-typeset__scrollwrap").forEach((box) => scrolling.observe(box));
});
