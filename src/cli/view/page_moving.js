// Going from token to token.

function isStop(element) {
	return element && !element.classList.contains("off");
}

// The token next to one in reading order, also in a part that is not there yet.
function beside(element, step, wanted) {
	let part = element ? element.closest(".part") : parts[step > 0 ? 0 : parts.length - 1];
	if (!part)
		return null;
	makePart(part);
	let all = Array.from(part.querySelectorAll(".t"));
	let i = element ? all.indexOf(element) : step > 0 ? -1 : all.length;
	let k = parts.indexOf(part);
	for (;;) {
		for (i += step; i >= 0 && i < all.length; i += step) {
			if (isStop(all[i]) && wanted(all[i]))
				return all[i];
		}
		for (k += step; k >= 0 && k < parts.length && wanted === isDifferent && !parts[k].dataset.d; k += step)
			continue;
		if (k < 0 || k >= parts.length)
			return null;
		makePart(parts[k]);
		all = Array.from(parts[k].querySelectorAll(".t"));
		i = step > 0 ? -1 : all.length;
	}
}

function isAny() {
	return true;
}

function isDifferent(element) {
	return element.classList.contains("d");
}

function isEdited(element) {
	return element.classList.contains("e");
}

// Where moving begins without a token: the first one that is seen.
function firstSeen() {
	for (const part of parts) {
		if (!isMade(part) || part.getBoundingClientRect().bottom < 0)
			continue;
		const all = Array.from(part.querySelectorAll(".t:not(.off)"));
		const seen = all.find(element => element.getBoundingClientRect().bottom > 0);
		if (seen)
			return seen;
	}
	return beside(null, 1, isAny);
}

// To the next token that is wanted, or the first one that is seen.
function walk(step, wanted) {
	const at = state.at && state.at.isConnected ? state.at : null;
	const seen = at ? null : firstSeen();
	if (seen && wanted(seen))
		go(seen);
	else
		go(beside(at || seen, step, wanted));
}

function go(element) {
	if (!element)
		return;
	mark(element);
	element.focus({ preventScroll: true });
	element.scrollIntoView({ block: "nearest" });
	uncover(element);
}

// The first token of the line above or below.
function lineBeside(element, step) {
	const line = element.closest("p");
	let next = element;
	do
		next = beside(next, step, isAny);
	while (next && next.closest("p") === line);
	return next && next.closest("p").querySelector(".t:not(.off)");
}

function onKey(event) {
	if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button, summary, input"))
		return;
	const at = state.at && state.at.isConnected ? state.at : null;
	const isRtl = at && at.closest("p").dir === "rtl";
	const ahead = isRtl ? "ArrowLeft" : "ArrowRight", back = isRtl ? "ArrowRight" : "ArrowLeft";
	const inText = at && text.contains(document.activeElement);
	const wanted = meta.against ? isDifferent : isEdited;
	if (event.key === "Escape")
		clear();
	else if (event.key === "1" || event.key === "2" || event.key === "3")
		setView(VIEWS[Number(event.key) - 1]);
	else if (event.key === "n")
		walk(1, wanted);
	else if (event.key === "p")
		walk(-1, wanted);
	else if (event.key === ahead)
		walk(1, isAny);
	else if (event.key === back)
		walk(-1, isAny);
	else if (inText && event.key === "ArrowDown")
		go(lineBeside(at, 1));
	else if (inText && event.key === "ArrowUp")
		go(lineBeside(at, -1));
	else if (inText && event.key === "Home")
		go(at.closest("p").querySelector(".t:not(.off)"));
	else if (inText && event.key === "End")
		go(Array.from(at.closest("p").querySelectorAll(".t:not(.off)")).pop());
	else if (inText && (event.key === "Enter" || event.key === " "))
		state.pinned = !state.pinned;
	else
		return;
	event.preventDefault();
}
