// Runs before the page is drawn, so that what scripts improve does not jump: says that they run.
document.documentElement.classList.add("ui-scripted");
document.addEventListener("DOMContentLoaded", () => {
  if ("noModule" in HTMLScriptElement.prototype) {
    document.body.classList.add("js-enabled", "govuk-frontend-supported");
  }
});
