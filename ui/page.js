// Loaded once with the page: what the components' own scripts call.
(() => {
  const root = document.documentElement;
  window.zhenbaoRead = (mark) => {
    window.zhenbaoMark = mark;
    const desk = document.getElementById("desk");
    desk.dataset.asked = "1";
    delete desk.dataset.closed;
    document.querySelectorAll(".mark.chosen").forEach((other) => other.classList.remove("chosen"));
    mark.classList.add("chosen");
  };
  window.zhenbaoSave = (file) => {
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: file.kind }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  window.zhenbaoCopy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy"); // the only way on a page without https
    area.remove();
  };
  window.zhenbaoLanguage = (language) => {
    localStorage.setItem("zhenbao-language", language);
    root.lang = language === "en" ? "en" : "zh-Hans";
    return language;
  };
  window.zhenbaoTheme = (isDark) => {
    document.body.classList.toggle("dark", isDark);
    localStorage.setItem("zhenbao-dark", isDark ? "1" : "");
  };
  window.zhenbaoRemembered = (language) => {
    const dark = localStorage.getItem("zhenbao-dark"); // after Gradio has followed the system's own choice
    if (dark !== null) window.zhenbaoTheme(dark === "1");
    return localStorage.getItem("zhenbao-language") || language;
  };
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(".picker input")) return;
    target.select(); // what is typed takes the place of what was picked
    target.addEventListener("mouseup", (event) => event.preventDefault(), { once: true });
  });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(".picker input")) return; // pasted, spoken, or from an input method: Gradio hears keys alone
    target.dispatchEvent(new KeyboardEvent("keyup", { key: "Unidentified", bubbles: true }));
  });
  root.lang = localStorage.getItem("zhenbao-language") === "en" ? "en" : "zh-Hans";
})();
