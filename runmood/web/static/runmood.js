// What a page gains where scripts run. Without them every page still works; nothing here asks another computer.
//
// A check-in that cannot reach the computer waits in this browser (localStorage) and is sent later with the moment it
// was written. Sent twice, it is stored once: the journal knows an entry by what it says and when.
"use strict";

const WAITS = "runmood-waits";
const PATIENCE_MS = 5000;
const EVERY_MS = 20000;

const waiting = () => JSON.parse(localStorage.getItem(WAITS) || "[]");
const keep = (list) => localStorage.setItem(WAITS, JSON.stringify(list));

function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID is not there over plain http
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function thisMoment() {
  const now = new Date();
  const offset = -now.getTimezoneOffset();
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const shifted = new Date(now.getTime() + offset * 60000).toISOString().slice(0, 19);
  return shifted + (offset < 0 ? "-" : "+") + two(Math.abs(offset) / 60) + ":" + two(Math.abs(offset) % 60);
}

async function ask(address, options = {}) {
  return fetch(address, { ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
}

// Sends one check-in. "stored", "refused" by the computer, or "unreached".
async function send(fields) {
  try {
    const { token } = await (await ask("/token")).json();
    const body = new URLSearchParams(fields.filter(([name]) => name !== "token"));
    body.set("token", token);
    const reply = await ask("/check-in", { method: "POST", body });
    return reply.type === "opaqueredirect" ? "stored" : "refused";
  } catch {
    return "unreached";
  }
}

// One after the other, each removed once it is stored. Two pages at once do no harm: what is stored twice counts once.
async function sendWhatWaits() {
  let sent = 0;
  let stuck = false;
  for (const each of waiting()) {
    const became = await send(each.fields);
    if (became === "unreached") break;
    if (became === "refused") { stuck = true; continue; }
    keep(waiting().filter((other) => other.name !== each.name));
    sent += 1;
  }
  tell(sent, stuck);
}

function tell(sent, stuck) {
  const place = document.getElementById("waiting");
  const count = waiting().length;
  const words = place.dataset;
  const text = stuck ? words.stuck : count === 1 ? words.one : count ? words.many.replace("#", count) : sent ? words.sent : "";
  if (text !== "") place.textContent = text;
  place.hidden = place.textContent === "";
}

// The check-in: sent as it is while the computer answers, else kept here.
function maySendLater(form) {
  let pressed = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pressed) return;
    pressed = true;
    const fields = [...new FormData(form).entries(), ["written_at", thisMoment()]];
    const became = await send(fields);
    if (became === "stored") return location.assign("/saved");
    pressed = false;
    if (became === "refused") return form.submit(); // the computer's own page says what to look at
    keep([...waiting(), { name: newName(), fields }]);
    form.reset();
    tell(0, false);
    const place = document.getElementById("waiting");
    place.textContent = form.dataset.kept;
    place.hidden = false;
    window.scrollTo(0, 0);
  });
}

function mayDrop(form) {
  const input = form.querySelector("input[type=file]");
  const over = (on) => (event) => { event.preventDefault(); form.classList.toggle("over", on); };
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, over(true));
  document.addEventListener("dragleave", over(false));
  document.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    button.textContent = form.dataset.sending;
    button.disabled = true;
  });
}

// While something goes on, its part of the page is fetched anew each second.
function watchWorks(place) {
  setTimeout(async () => {
    try {
      const page = new DOMParser().parseFromString(await (await ask(location.pathname)).text(), "text/html");
      const fresh = page.getElementById("works");
      if (!fresh || !fresh.hasAttribute("data-again")) return location.reload();
      if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
    } catch { /* the computer sleeps; the next second may find it awake */ }
    watchWorks(place);
  }, 1000);
}

document.querySelectorAll("form[data-may-wait]").forEach(maySendLater);
document.querySelectorAll("form.drop").forEach(mayDrop);
document.querySelectorAll("#works[data-again]").forEach(watchWorks);
if (waiting().length) { tell(0, false); sendWhatWaits(); }
window.addEventListener("online", () => waiting().length && sendWhatWaits());
setInterval(() => waiting().length && sendWhatWaits(), EVERY_MS);
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
