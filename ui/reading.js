// The reader: a new source comes into view at its highlighted passage; closing gives the focus back to the mark.
const desk = document.getElementById("desk");
function show() {
  const source = element.querySelector(".source");
  if (!source) return delete desk.dataset.reading;
  const isAsked = desk.dataset.asked;
  if (!isAsked && (desk.dataset.closed || window.innerWidth < 900)) return;
  desk.dataset.reading = "1";
  const chosen = element.querySelector("mark.chosen");
  const text = element.querySelector(".source-text");
  if (chosen) text.scrollTop = chosen.offsetTop - text.offsetTop - text.clientHeight / 3;
  if (isAsked) element.querySelector("h2")?.focus({ preventScroll: true });
  delete desk.dataset.asked;
}
function close() {
  delete desk.dataset.reading;
  desk.dataset.closed = "1";
  window.zhenbaoMark?.focus();
}
watch("value", show);
element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && desk.dataset.reading) close();
});
