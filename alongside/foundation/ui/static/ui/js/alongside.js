// Starts the components that are better with scripts. Their addresses come from the page, so that they carry the hash
// under which they may be kept for a year.
const { body } = document;
body.classList.add("js-enabled", "govuk-frontend-supported");

const { reveal } = await import(body.dataset.uiReveal);
reveal(document);

const { initAll } = await import(body.dataset.govukFrontend);
initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  const moj = await import(body.dataset.mojFrontend);
  moj.initAll();
}
