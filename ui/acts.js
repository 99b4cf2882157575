// What is clicked in HTML of ours goes to the server by name: data-act says which event, the other data go along.
const ACTS = ["opened", "suggested", "rated", "retried", "chosen", "edited", "removed"];
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button || !element.contains(button)) return;
  const { act, ...data } = button.dataset;
  if (act === "copied") {
    window.zhenbaoCopy(data.text).then(() => {
      button.textContent = data.done;
    });
    return;
  }
  if (!ACTS.includes(act) || (data.sure && !window.confirm(data.sure))) return;
  if (act === "opened") window.zhenbaoRead(button);
  trigger(act, data);
});
