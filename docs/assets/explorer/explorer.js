/**
 * Turns every `<div class="cnn-explorer" data-question="...">` of a page into an explorer of
 * padding, convolution and pooling. Without JavaScript the element stays empty.
 *
 * `data-question`: "convolution", "padding", "stride" or "pooling", the start it opens at.
 * `data-patches`: JSON, [{"name": {"ko": "...", "en": "..."}, "values": [[0, ...], ...]}, ...],
 * patches of real images of 3 to 10 rows and columns to choose as input.
 *
 * This file is all that a page loads until the reader comes near an explorer.
 */

const hosts = [...document.querySelectorAll(".cnn-explorer")];

const observer = new IntersectionObserver(
  async (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const { Explorer } = await import("./widget.js");
      // One address can hold one state: the first explorer's.
      new Explorer(target, target === hosts[0]);
    }
  },
  { rootMargin: "100%" },
);

for (const host of hosts) observer.observe(host);

if (hosts.length) {
  hosts[0].id = "cnn-explorer";
  // A link that holds a state ends in this id, which the page did not have when it was parsed.
  if (location.hash === "#cnn-explorer") hosts[0].scrollIntoView();
}
