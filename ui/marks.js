// A click on a citation mark brings its quotation into view and marks it, without moving the rest of the page.
element.addEventListener("click", (event) => {
  const mark = event.target.closest("a.mark");
  const quotation = mark && document.getElementById(mark.getAttribute("href").slice(1));
  if (!quotation) return;
  event.preventDefault();
  document.querySelectorAll(".quotation.chosen").forEach((other) => other.classList.remove("chosen"));
  quotation.classList.add("chosen");
  quotation.scrollIntoView({ block: "nearest" });
  quotation.focus({ preventScroll: true });
});
// New answers appear at the end: keep it in view.
new MutationObserver(() => {
  const conversation = element.querySelector(".conversation");
  if (conversation) conversation.scrollTop = conversation.scrollHeight;
}).observe(element, { childList: true, subtree: true });
