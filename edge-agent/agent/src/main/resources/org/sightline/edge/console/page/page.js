/* The console: asks the box each second how it stands, and shows it. Nothing is stored here. */

const ASK_MILLIS = 1000;
const PICTURE_MILLIS = 500;

/* Older than this, what the agent said may not be so any more. */
const OLD_SECONDS = 10;

const byId = (id) => document.getElementById(id);
let csrf = "";
let deployment = "";
let previewsOn = false;
let reasons = [];
const cards = new Map();

const words = {
  "officers-away": "Officers away",
  "incident": "Incident near the van",
  "moving": "Van or cameras are moved",
  "technical": "Something is to be fixed",
  "ordered": "Ordered",
};

/* Only what has changed is written: a page that changes nothing interrupts no screen reader. */
function write(element, text, kind) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
  if (kind !== undefined) {
    element.classList.toggle("well", kind === "well");
    element.classList.toggle("look", kind === "look");
    element.classList.toggle("bad", kind === "bad");
  }
}

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function list(parent, lines) {
  const now = JSON.stringify(lines);
  if (parent.dataset.lines !== now) {
    parent.dataset.lines = now;
    parent.replaceChildren(...lines.map(([text, kind]) => element("li", text, kind)));
  }
}

function left(millis) {
  const minutes = Math.floor(millis / 60000);
  if (minutes < 1) {
    return `${Math.max(0, Math.floor(millis / 1000))} s`;
  }
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

function now(state) {
  const {said} = state;
  const paused = said?.deployment.paused;
  deployment = said?.deployment.id ?? "";
  byId("pause").hidden = !said || Boolean(paused);
  byId("resume").hidden = !paused;
  byId("close").hidden = !said;
  byId("open").hidden = state.agent;
  byId("start").hidden = state.agent;
  list(byId("alarms"), (said?.alarms ?? []).map((alarm) => [`Alarm: ${alarm}`, "bad"]));
  if (!state.agent) {
    write(byId("banner"), "No agent runs. No camera is open.", "bad");
    write(byId("detail"), state.why);
    return;
  }
  if (!said) {
    write(byId("banner"), "The agent is starting, or its status cannot be read.", "look");
    write(byId("detail"), state.unreadable ?? "");
    return;
  }
  const time = Date.parse(said.process.deviceTime ?? said.process.at);
  const starts = Date.parse(said.deployment.starts);
  const ends = Date.parse(said.deployment.ends);
  const old = state.saidSecondsAgo > OLD_SECONDS;
  const remains = `${said.deployment.id}, ${left(ends - time)} left`;
  if (old) {
    write(byId("banner"), `Not known: the agent has said nothing for ${state.saidSecondsAgo} s.`, "bad");
  } else if (paused) {
    write(byId("banner"), `Paused (${paused.reason}): no camera is open. ${remains}`, "look");
  } else if (said.deployment.capturing) {
    write(byId("banner"), `Capturing. ${remains}`, said.alarms.length ? "look" : "well");
  } else if (time < starts) {
    write(byId("banner"), `Waits for the authorised start, in ${left(starts - time)}. ${said.deployment.id}`, "look");
  } else {
    write(byId("banner"), `The cameras are closed. ${said.deployment.id}`, "bad");
  }
  write(byId("detail"), [`Ends ${said.deployment.ends}.`, said.deployment.urgent, ...said.deployment.permits].filter(Boolean).join(" "));
}

function card(id) {
  if (!cards.has(id)) {
    const box = element("article", "", "camera");
    const parts = {title: element("h3", id), trouble: element("p", "", "trouble"), figures: element("p"), image: document.createElement("img"), faces: element("p"), light: element("p")};
    parts.image.alt = `What ${id} sees, in squares, with every face hidden`;
    parts.image.hidden = true;
    parts.image.addEventListener("load", () => {
      parts.image.hidden = false;
    });
    parts.image.addEventListener("error", () => {
      parts.image.hidden = true;
    });
    box.append(...Object.values(parts));
    byId("cameras").append(box);
    cards.set(id, parts);
  }
  return cards.get(id);
}

function camera(id, said, preview, open) {
  const parts = card(id);
  write(parts.trouble, said?.alarms.join(", ") ?? "");
  if (!open) {
    write(parts.figures, "Closed");
  } else {
    const searched = said.searchedSecondsAgo === null ? "no frame searched yet" : `last frame searched ${said.searchedSecondsAgo.toFixed(1)} s ago`;
    write(parts.figures, `${said.framesPerSecond === null ? "?" : said.framesPerSecond.toFixed(1)} frames/s, ${searched}; ${said.dropped} dropped, ${said.broken} broken, ${said.stalls} stalls`);
  }
  if (!previewsOn || !open) {
    parts.image.hidden = true;
    parts.image.removeAttribute("src");
    write(parts.faces, "");
    write(parts.light, "");
  } else if (!preview) {
    write(parts.faces, "The preview is coming…");
    write(parts.light, "");
  } else if (!preview.shown) {
    write(parts.faces, `No preview: ${preview.why}.`);
    write(parts.light, "");
  } else {
    write(parts.faces, faces(preview));
    write(parts.light, `Brightness ${preview.brightness} of 255, contrast ${preview.contrast}, ${preview.clippedPercent} % as bright as can be`);
  }
}

function faces({faces: seen, leastHeightPx}) {
  if (!seen.length) {
    return `No face found. From ${leastHeightPx} px on a face is high enough.`;
  }
  const usable = seen.filter((face) => face.usable).length;
  const some = seen.slice(0, 6).map((face) => `${face.heightPx} px (quality ${face.quality})`).join(", ");
  return `${seen.length} ${seen.length === 1 ? "face" : "faces"}, ${usable} of use, from ${leastHeightPx} px on: ${some}${seen.length > 6 ? ", …" : ""}`;
}

function cameras(state) {
  const open = Boolean(state.said?.deployment.capturing) && !state.said.deployment.paused;
  for (const {id, preview} of state.cameras) {
    const said = state.said?.cameras.find((each) => each.id === id);
    camera(id, said, preview, open && Boolean(said));
  }
  write(byId("previews-state"), previewsOn ? (open ? "Previews run. Each look is recorded; no picture is kept." : "Previews run once cameras are open.") : "No preview runs.");
}

function doctor({running, at, well, findings = []}) {
  byId("test").disabled = running;
  if (running) {
    write(byId("verdict"), "Testing everything…", "");
  } else if (at) {
    const trouble = findings.filter(({verdict}) => verdict === "FAIL" || verdict === "look").length;
    write(byId("verdict"), well ? "Go: nothing stands against a deployment." : `No-go: ${trouble} to look at. Tested ${at}.`, well ? "well" : "bad");
  }
  const kinds = {"ok": "", "look": "look", "FAIL": "bad", "not tested": ""};
  const order = ["FAIL", "look", "not tested", "ok"];
  list(byId("findings"), [...findings].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict)).map(({subject, verdict, measured, limit, remedy}) => [
    `${verdict}: ${subject}: ${measured}${limit ? ` (limit: ${limit})` : ""}${remedy ? ` → ${remedy}` : ""}`, kinds[verdict]]));
}

function health({said, counts}) {
  const rows = [];
  if (counts) {
    rows.push(["Since cameras opened", `${counts.framesProcessed} frames searched, ${counts.framesDropped} dropped, ${counts.passes} passes, ${counts.faces} faces, ${counts.alerts} alerts`]);
  }
  if (said) {
    const {alerts, broker, box, process} = said;
    rows.push(["Alerts", alerts ? `${alerts.raised} raised: ${alerts.foundTrue} true, ${alerts.foundFalse} false, ${alerts.unresolved} unresolved, ${alerts.open} open` : "not known"]);
    rows.push(["Broker", broker ? `${broker.connected ? "connected" : "not connected"}, ${broker.queued} alerts wait${broker.trouble ? `: ${broker.trouble}` : ""}` : "not known"]);
    rows.push(["Disk", box.diskFreeMib === null ? "not known" : `${box.diskFreeMib} MiB free`]);
    rows.push(["Temperature", box.celsius === null ? "not known" : `${Math.round(box.celsius)} °C`]);
    rows.push(["Networks", box.networksOn ?? "not known"]);
    rows.push(["Version", process.version]);
  }
  const text = JSON.stringify(rows);
  const dl = byId("health");
  if (dl.dataset.rows !== text) {
    dl.dataset.rows = text;
    dl.replaceChildren(...rows.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  }
}

async function ask() {
  if (!document.hidden) {
    try {
      const response = await fetch("/api/state", {headers: {"Accept": "application/json"}, signal: AbortSignal.timeout(8000)});
      if (response.status === 401) {
        location.assign("/login");
        return;
      }
      const state = await response.json();
      csrf = state.csrf;
      reasons = state.reasons;
      write(byId("van"), state.van);
      write(byId("officer"), state.officer);
      byId("logout-csrf").value = csrf;
      now(state);
      cameras(state);
      doctor(state.doctor);
      health(state);
    } catch (error) {
      write(byId("banner"), "The box does not answer: what is below is old.", "bad");
    }
  }
  setTimeout(ask, ASK_MILLIS);
}

/* One after the other: a picture that is slow to come holds back the next of its camera alone. */
function pictures() {
  if (previewsOn && !document.hidden) {
    for (const [id, {image}] of cards) {
      if (image.complete || !image.src) {
        image.src = `/api/cameras/${id}/picture?${Date.now()}`;
      }
    }
  }
  setTimeout(pictures, PICTURE_MILLIS);
}

async function act(what, body = {}) {
  write(byId("said"), "Doing it…", "");
  try {
    const response = await fetch(`/api/${what}`, {method: "POST", headers: {"Content-Type": "application/json", "X-CSRF-Token": csrf}, body: JSON.stringify(body), signal: AbortSignal.timeout(45000)});
    const answer = await response.json();
    write(byId("said"), answer.line ?? answer.error, response.ok ? "well" : "bad");
  } catch (error) {
    write(byId("said"), "The box did not answer: see above whether it was done. To close the cameras in any case, stop the agent.", "bad");
  }
}

/* Asks first; Cancel has the focus, so that a key pressed by mistake does nothing. */
function confirm({title, text, yes, withReason = false}, then) {
  const dialog = byId("confirm");
  write(byId("confirm-title"), title);
  write(byId("confirm-text"), text);
  write(byId("confirm-yes"), yes);
  const choices = byId("reasons");
  choices.hidden = !withReason;
  choices.querySelectorAll("label").forEach((label) => label.remove());
  if (withReason) {
    reasons.forEach((reason, index) => {
      const label = element("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = "reason";
      input.value = reason;
      input.checked = index === 0;
      label.append(input, words[reason] ?? reason);
      choices.append(label);
    });
  }
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue === "yes") {
      then(choices.querySelector("input:checked")?.value);
    }
  };
  dialog.showModal();
}

byId("pause").addEventListener("click", () => {
  const which = deployment;
  confirm({title: `Pause ${which}?`, text: "The cameras close within a second, and the list is wiped from memory. The end stays where it is.", yes: "Pause", withReason: true}, (reason) => act("pause", {deployment: which, reason}));
});

byId("resume").addEventListener("click", () => {
  const which = deployment;
  confirm({title: `Resume ${which}?`, text: "The cameras open again, and the list comes back to memory.", yes: "Resume"}, () => act("resume", {deployment: which}));
});

byId("close").addEventListener("click", () => {
  const which = deployment;
  confirm({title: `Close ${which} for good?`, text: "The cameras close, and the list is destroyed. This deployment cannot be opened again.", yes: "Close for good"}, () => act("close", {deployment: which}));
});

byId("open").addEventListener("click", () => {
  confirm({title: "Open the deployment?", text: "Capture begins with the authorised start of the authorisation that the settings name. Its list must have been imported.", yes: "Open"}, () => act("open"));
});

byId("start").addEventListener("click", () => act("start"));
byId("test").addEventListener("click", () => act("doctor"));
byId("previews").addEventListener("click", () => {
  previewsOn = !previewsOn;
  byId("previews").setAttribute("aria-pressed", String(previewsOn));
});

ask();
pictures();
