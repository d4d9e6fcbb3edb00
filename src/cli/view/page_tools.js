// Buttons, the head of the page, and the beginning.

function setView(view) {
	state.view = view;
	for (const button of document.querySelectorAll("button[data-view]"))
		button.setAttribute("aria-checked", String(button.dataset.view === view));
	made().forEach(show);
}

function applyFilters() {
	made().forEach(style);
	for (const run of text.querySelectorAll(".r"))
		run.classList.toggle("off", state.langs.has(run.lang));
}

function fieldset(name, role) {
	const set = make("fieldset", "");
	set.append(make("legend", "", name));
	if (role)
		set.setAttribute("role", role);
	return set;
}

function toggle(set, key, label, small) {
	const button = make("button");
	button.type = "button";
	button.setAttribute("aria-pressed", "true");
	button.append(...label);
	if (small)
		button.append(" ", make("small", "", small));
	button.addEventListener("click", () => {
		const isOn = set.has(key);
		if (isOn)
			set.delete(key);
		else
			set.add(key);
		button.setAttribute("aria-pressed", String(isOn));
		applyFilters();
	});
	return button;
}

function choices(name, values, current, attribute, choose) {
	const set = fieldset(name, "radiogroup");
	set.classList.add("act");
	for (const value of values) {
		const button = make("button", "", value);
		button.type = "button";
		button.dataset[attribute] = value;
		button.setAttribute("role", "radio");
		button.setAttribute("aria-checked", String(value === current));
		button.addEventListener("click", () => choose(value));
		set.append(button);
	}
	return set;
}

function setTheme(theme) {
	const isDark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
	root.dataset.theme = isDark ? "dark" : "light";
	root.dataset.choice = theme;
	for (const button of document.querySelectorAll("button[data-theme]"))
		button.setAttribute("aria-checked", String(button.dataset.theme === theme));
}

function langTools() {
	const set = fieldset("languages");
	for (const lang of langs) {
		const button = toggle(state.langs, lang, [swatch(lang), lang + " " + meta.langs[lang].name],
			percent(meta.langs[lang].bytes / bytes));
		button.dataset.lang = lang;
		set.append(button);
	}
	return set;
}

function kindTools() {
	const details = make("details", "act");
	details.append(make("summary", "", "kinds"));
	const set = fieldset("");
	for (const [kind, n] of meta.kinds.filter(row => row[1] > 0)) {
		const button = toggle(state.kinds, kind, [kind], String(n));
		button.dataset.kind = kind;
		set.append(button);
	}
	details.append(set);
	return details;
}

// Goes through edits, or the differences from another output, of which it tells how many there are.
function walkTools() {
	const n = meta.against ? Object.values(meta.against.by).reduce((sum, value) => sum + value, 0) : meta.edited;
	const set = fieldset((meta.against ? "differences" : "edited tokens") + " " + n);
	set.classList.add("act");
	for (const [label, step, name] of [["\u2039", -1, "previous"], ["\u203a", 1, "next"]]) {
		const button = make("button", "", label);
		button.type = "button";
		button.dataset.walk = name;
		button.setAttribute("aria-label", name);
		button.addEventListener("click", () => walk(step, meta.against ? isDifferent : isEdited));
		set.append(button);
	}
	return set;
}

function againstLine() {
	const against = meta.against;
	const sum = against.here + against.there || 1;
	const by = Object.keys(against.by).filter(what => against.by[what] > 0).map(what => what + " " + against.by[what]);
	return make("p", "hint against", "beside " + against.name + ": " + against.here + " and " + against.there + " tokens, " + against.same +
		" with the same borders (F1 " + (200 * against.same / sum).toFixed(2) + "\u202f%). Differences: " + (by.join(", ") || "none") + ".");
}

function build() {
	const header = make("header");
	const title = make("h1", "");
	const nTokens = meta.kinds.reduce((sum, row) => sum + row[1], 0);
	title.append(make("bdi", "", document.title), " ", make("small", "", nTokens + " tokens, " + meta.edits + " edits"));
	const tools = make("div", "tools");
	tools.append(choices("show", VIEWS, state.view, "view", setView), langTools(), kindTools(), walkTools(),
		choices("theme", ["auto", "light", "dark"], "auto", "theme", setTheme));
	header.append(title, drawBar(), tools);
	if (meta.against)
		header.append(againstLine());
	document.body.prepend(header);
	text.after(panel);
	text.setAttribute("aria-label", "Text");
	clear();
}

function listen() {
	text.addEventListener("pointerover", event => {
		const element = event.target.closest(".t");
		if (element && event.pointerType === "mouse" && !state.pinned)
			mark(element);
	});
	// Until the click: if the panel came under the finger, there would be none.
	let isPressed = false;
	text.addEventListener("pointerdown", () => {
		isPressed = true;
	});
	for (const end of ["click", "pointercancel", "keydown"]) {
		addEventListener(end, () => {
			isPressed = false;
		}, true);
	}
	text.addEventListener("click", event => {
		const element = event.target.closest(".t");
		if (!element)
			return;
		state.pinned = !(state.pinned && state.at === element);
		mark(element);
		uncover(element);
	});
	text.addEventListener("focusin", event => {
		const element = event.target.closest(".t");
		if (element && element !== state.at && !isPressed)
			mark(element);
	});
	document.addEventListener("keydown", onKey);
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(root.dataset.choice));
}

setTheme("auto");
build();
watch();
listen();
const first = text.querySelector(".t");
if (first)
	setStop(first);
root.dataset.ready = "yes";
