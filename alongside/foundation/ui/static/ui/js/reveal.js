// Shows what a chosen radio reveals. In place of GOV.UK's own, which puts aria-expanded on radios, where it is not allowed.
export function reveal(root) {
  for (const input of root.querySelectorAll('input[type="radio"][data-aria-controls]')) {
    input.dataset.uiReveals = input.dataset.ariaControls;
    delete input.dataset.ariaControls;
  }
  const show = () => {
    for (const input of root.querySelectorAll("input[data-ui-reveals]")) {
      const part = document.getElementById(input.dataset.uiReveals);
      part?.classList.toggle("govuk-radios__conditional--hidden", !input.checked);
    }
  };
  root.addEventListener("change", show);
  show();
}
