// What pages gain from scripts. Without them every page still works. No request goes to another computer.
//
// A check-in that cannot reach the computer waits in this browser (localStorage) and is sent later with the moment it
// was written. Sent twice, it is stored once: an entry's id in the journal comes from its content and its moment.
"use strict";

const QUEUE = "runmood-waits";
const TIMEOUT_MS = 5000;
const RETRY_MS = 20000;

const queued = () => JSON.parse(localStorage.getItem(QUEUE) || "[]");
const store = (list) => localStorage.setItem(QUEUE, JSON.stringify(list));

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID is not there over plain http
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function localNow() {
  const now = new Date();
  const offset = -now.getTimezoneOffset();
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const shifted = new Date(now.getTime() + offset * 60000).toISOString().slice(0, 19);
  return shifted + (offset < 0 ? "-" : "+") + two(Math.abs(offset) / 60) + ":" + two(Math.abs(offset) % 60);
}

async function request(address, options = {}) {
  return fetch(address, { ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
}

// Sends one check-in. "stored", "refused" by the computer, or "unreached".
async function send(fields) {
  try {
    const { token } = await (await request("/token")).json();
    const body = new URLSearchParams(fields.filter(([name]) => name !== "token"));
    body.set("token", token);
    const reply = await request("/check-in", { method: "POST", body });
    return reply.type === "opaqueredirect" ? "stored" : "refused";
  } catch {
    return "unreached";
  }
}

// Sends one after the other and removes each once it is stored. Two pages at once do no harm: see above.
async function sendQueued() {
  let sent = 0;
  let stuck = false;
  for (const each of queued()) {
    const result = await send(each.fields);
    if (result === "unreached") break;
    if (result === "refused") { stuck = true; continue; }
    store(queued().filter((other) => other.name !== each.name));
    sent += 1;
  }
  showQueue(sent, stuck);
}

function showQueue(sent, stuck) {
  const place = document.getElementById("waiting");
  const count = queued().length;
  const words = place.dataset;
  const text = stuck ? words.stuck : count === 1 ? words.one : count ? words.many.replace("#", count) : sent ? words.sent : "";
  if (text !== "") place.textContent = text;
  place.hidden = place.textContent === "";
}

// Sends a check-in while the computer answers, else keeps it in the queue.
function sendOrQueue(form) {
  let pressed = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pressed) return;
    pressed = true;
    const fields = [...new FormData(form).entries(), ["written_at", localNow()]];
    const result = await send(fields);
    if (result === "stored") return location.assign("/saved");
    pressed = false;
    if (result === "refused") return form.submit(); // the page that comes back says what to correct
    store([...queued(), { name: newId(), fields }]);
    form.reset();
    showQueue(0, false);
    const place = document.getElementById("waiting");
    place.textContent = form.dataset.kept;
    place.hidden = false;
    window.scrollTo(0, 0);
  });
}

// On a scale a digit chooses its number, as on the terminal; a 0 typed right after a 1 makes it 10.
function acceptDigits(steps) {
  let typed = "";
  steps.addEventListener("keydown", (event) => {
    const digit = /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    typed = !digit ? "" : typed === "1" && event.key === "0" ? "10" : event.key;
    const input = typed && steps.querySelector(`input[value="${typed}"]`);
    if (!input) return;
    event.preventDefault();
    input.click();
    input.focus();
  });
}

function acceptDrops(form) {
  const input = form.querySelector("input[type=file]");
  const highlight = (on) => (event) => { event.preventDefault(); form.classList.toggle("over", on); };
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, highlight(true));
  document.addEventListener("dragleave", highlight(false));
  document.addEventListener("drop", (event) => {
    highlight(false)(event);
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

// While a job runs, the list of jobs is fetched each second.
function watchJobs(place) {
  setTimeout(async () => {
    try {
      const page = new DOMParser().parseFromString(await (await request(location.pathname)).text(), "text/html");
      const fresh = page.getElementById("jobs");
      if (!fresh || !fresh.hasAttribute("data-again")) return location.reload();
      if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
    } catch { /* the computer is off; the next second may find it on */ }
    watchJobs(place);
  }, 1000);
}

// Charts show the value that is pointed at, by mouse, finger or arrow keys; those of one group show it together, and
// where on the route it lies. A column is its place in percent, its words, the page behind it, its place on the route.
// Where columns have days (data-spans), dragging a mouse or Shift with the arrow keys chooses a stretch, and letting go
// or Enter draws the page for these days; Escape lets it be.
function point(group) {
  const columns = JSON.parse(group.dataset.columns);
  if (columns.length === 0) return;
  const told = group.querySelector(".told");
  const here = group.querySelector(".here");
  const charts = [...group.querySelectorAll("svg.plotted")];
  const lines = charts.map(() => document.createElementNS("http://www.w3.org/2000/svg", "line"));
  lines.forEach((line) => { line.setAttribute("class", "at"); line.setAttribute("y2", "100%"); });
  const spans = JSON.parse(group.dataset.spans || "[]");
  const shades = charts.map(() => document.createElementNS("http://www.w3.org/2000/svg", "rect"));
  shades.forEach((shade) => { shade.setAttribute("class", "stretch"); shade.setAttribute("height", "100%"); });
  let at = -1;
  let from = -1; // where the stretch that is being chosen began
  const stretch = () => [Math.min(from, at), Math.max(from, at)];
  const shade = () => {
    const [first, last] = stretch();
    const wide = 100 / columns.length;
    shades.forEach((rect, which) => {
      rect.setAttribute("x", first * wide + "%");
      rect.setAttribute("width", (last - first + 1) * wide + "%");
      if (!rect.isConnected) charts[which].prepend(rect);
    });
    told.textContent = [first, last].map((number) => columns[number][1].split(" · ")[0]).join(" – ");
  };
  const leave = () => { from = -1; shades.forEach((rect) => rect.remove()); };
  const show = (number) => {
    at = Math.max(0, Math.min(columns.length - 1, number));
    const [x, words, , left, top] = columns[at];
    lines.forEach((line, which) => {
      line.setAttribute("x1", x + "%");
      line.setAttribute("x2", x + "%");
      if (!line.isConnected) charts[which].append(line);
    });
    if (here) {
      here.setAttribute("cx", left ?? -99);
      here.setAttribute("cy", top ?? -99);
    }
    told.textContent = words;
    if (from >= 0) shade();
  };
  const nearest = (share) => columns.reduce((best, each, number) => Math.abs(each[0] - share) < Math.abs(columns[best][0] - share) ? number : best, 0);
  const open = () => {
    const [first, last] = stretch();
    if (from >= 0 && first < last) return location.assign("/trends?from=" + spans[first][0] + "&to=" + spans[last][1]);
    if (at >= 0 && columns[at][2]) location.assign(columns[at][2]);
  };
  for (const chart of charts) {
    chart.tabIndex = 0;
    chart.addEventListener("pointermove", (event) => {
      const box = chart.getBoundingClientRect();
      show(nearest((event.clientX - box.left) / box.width * 100));
    });
    // A finger shows with the first touch and opens with a second one on the same place; a mouse shows by hovering.
    let before = -1;
    chart.addEventListener("pointerdown", (event) => {
      before = at;
      if (!spans.length || event.pointerType !== "mouse") return;
      event.preventDefault(); // no text is marked
      chart.setPointerCapture(event.pointerId);
      from = at;
    });
    chart.addEventListener("click", (event) => { if (event.pointerType === "mouse" || at === before) open(); leave(); });
    chart.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -columns.length, End: columns.length }[event.key];
      if (event.key === "Enter") open();
      if (event.key === "Escape") leave();
      if (!step) return;
      event.preventDefault();
      if (!event.shiftKey) leave();
      else if (spans.length && from < 0) from = at < 0 ? columns.length - 1 : at;
      show(at < 0 ? columns.length - 1 : at + step);
    });
  }
}

document.querySelectorAll("[data-columns]").forEach(point);
document.querySelectorAll("form[data-may-wait]").forEach(sendOrQueue);
document.querySelectorAll(".steps").forEach(acceptDigits);
document.querySelectorAll("form.drop").forEach(acceptDrops);
document.querySelectorAll("#jobs[data-again]").forEach(watchJobs);
if (queued().length) { showQueue(0, false); sendQueued(); }
window.addEventListener("online", () => queued().length && sendQueued());
setInterval(() => queued().length && sendQueued(), RETRY_MS);
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
