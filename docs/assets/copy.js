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
document.querySelectorAll(".highlight:not(.no-copy) > pre").forEach((pre, number) => {
  pre.id = `code-${number + 1}`;
  const button = document.createElement("button");
  button.className = "md-clipboard md-icon";
  button.title = translations["clipboard.copy"];
  button.dataset.clipboardTarget = `#${pre.id} > code`;
  pre.after(button);
});
