// One browser, several windows: whatever another of them shows was meant for whoever was there then. When somebody signs
// out, signs in or turns the screen to the person in one window, the others cover what they hold. It is uncovered, with
// all that was typed, once the same member of staff is back.
const { body } = document;
const standing = body.dataset.uiStanding;
const { title } = document;

// Signing in makes forms of before worthless: they take what counts now.
const renew = async () => {
  const forms = document.querySelectorAll("input[name=csrfmiddlewaretoken]");
  if (!forms.length || !body.dataset.uiState) return;
  const answer = await fetch(body.dataset.uiState, { headers: { Accept: "application/json" } });
  const { csrf } = await answer.json();
  forms.forEach((field) => {
    field.value = csrf;
  });
};

const hear = ({ data }) => {
  if (standing === "turned" || standing === "nobody") return;
  const covered = body.hidden;
  body.hidden = data !== standing;
  document.title = body.hidden ? "Alongside" : title;
  if (covered && !body.hidden) renew();
};

if (standing && "BroadcastChannel" in window) {
  const channel = new BroadcastChannel("alongside");
  channel.addEventListener("message", hear);
  channel.postMessage(standing);
}

// A page out of the memory of the browser, by its Back button, is asked for anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
