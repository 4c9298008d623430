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
