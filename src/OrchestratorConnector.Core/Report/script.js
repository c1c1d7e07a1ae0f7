
"use strict";

// The library as a tree that is built where it is unfolded, a search over it, and the theme. Nothing is fetched and nothing is
// kept: all texts come from the JSON in this page and go into it as text.
(() => {
  const byId = id => document.getElementById(id);

  // ---- Data

  const data = JSON.parse(byId("library-data").textContent);

  // A runbook is [name, folder, status, modified, parameters, description, reason]; the numbers are places in the other lists.
  const Name = 0, Folder = 1, Status = 2, Modified = 3, Parameters = 4, Description = 5, Reason = 6;
  const statusKinds = ["good", "bad", "warn", "idle"];

  const connectorOf = runbook => data.connectors[data.folders[runbook[Folder]][0]];
  const folderPathOf = runbook => data.folders[runbook[Folder]][1];
  const pathOf = runbook => (folderPathOf(runbook) === "\\" ? "" : folderPathOf(runbook)) + "\\" + runbook[Name];
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // Minutes since 1970 on the clock of the machine that made the page; to be written out as they are.
  const timeText = minutes => new Date(minutes * 60000).toISOString().slice(0, 16).replace("T", " ");

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      made.setAttribute(key, value);
    }

    made.append(...children);
    return made;
  }

  const statusOf = runbook => element("span", { class: `status ${statusKinds[runbook[Status]]}` }, data.statuses[runbook[Status]]);

  // ---- Tree

  const tree = byId("tree");
  const batch = 500;
  const nodes = new WeakMap();
  let current = null;
  let selected = null;

  const newNode = (label, parent) => ({ label, parent, folders: new Map(), runbooks: [], total: 0 });

  // Connectors, below them folders by their path in any case, below them runbooks.
  const roots = data.connectors.map(([name, isRemoved]) => newNode(isRemoved ? `${name} (removed)` : name, null));
  const folderNodes = data.folders.map(([connector, path]) => path.split("\\").filter(part => part !== "").reduce((node, part) => {
    const key = part.toLowerCase();
    if (!node.folders.has(key)) {
      node.folders.set(key, newNode(part, node));
    }

    return node.folders.get(key);
  }, roots[connector]));

  for (const runbook of data.runbooks) {
    const folder = folderNodes[runbook[Folder]];
    folder.runbooks.push(runbook);
    for (let node = folder; node !== null; node = node.parent) {
      node.total++;
    }
  }

  function treeItem(level, label, extra, attributes) {
    const row = element("div", { class: "row" }, element("bdi", { class: "label" }, label));
    if (extra) {
      row.append(extra);
    }

    return element("li", { role: "treeitem", "aria-level": level, tabindex: "-1", ...attributes }, row);
  }

  function folderItem(node, level) {
    const item = treeItem(level, node.label, element("span", { class: "aside" }, node.total.toLocaleString("en")), {
      "aria-expanded": "false",
      "aria-label": `${node.label}, ${count(node.total, "runbook")}`,
    });
    nodes.set(item, { folder: node });
    return item;
  }

  function runbookItem(runbook, level) {
    const isActive = runbook[Status] === 0;
    const item = treeItem(level, runbook[Name], isActive ? null : statusOf(runbook), {
      "aria-selected": "false",
      "aria-label": isActive ? runbook[Name] : `${runbook[Name]}, ${data.statuses[runbook[Status]]}`,
    });
    nodes.set(item, { runbook });
    return item;
  }

  // Folders first, then runbooks, a batch at a time; what is left hides behind a last item.
  function addItems(list, level, entries, from) {
    const to = Math.min(from + batch, entries.length);
    const items = entries.slice(from, to).map(entry => Array.isArray(entry) ? runbookItem(entry, level) : folderItem(entry, level));
    items.forEach((item, index) => {
      item.setAttribute("aria-setsize", entries.length);
      item.setAttribute("aria-posinset", from + index + 1);
    });
    list.append(...items);
    if (to < entries.length) {
      const more = treeItem(level, `Show ${Math.min(batch, entries.length - to)} more of ${entries.length - to}`, null, {});
      nodes.set(more, {
        more: () => {
          const first = addItems(list, level, entries, to);
          const hadFocus = document.activeElement === more;
          more.remove();
          makeCurrent(first, hadFocus);
        },
      });
      list.append(more);
    }

    return items[0];
  }

  const byLabel = (one, other) => one.label.localeCompare(other.label);
  const entriesOf = node => [...[...node.folders.values()].sort(byLabel), ...node.runbooks];
  const levelOf = item => Number(item.getAttribute("aria-level"));
  const groupOf = item => item.querySelector(":scope > [role=group]");
  const parentOf = item => item.parentElement.closest("[role=treeitem]");
  const isOpen = item => item.getAttribute("aria-expanded") === "true";

  function expand(item) {
    if (groupOf(item) === null) {
      const group = element("ul", { role: "group" });
      addItems(group, levelOf(item) + 1, entriesOf(nodes.get(item).folder), 0);
      item.append(group);
    }

    groupOf(item).hidden = false;
    item.setAttribute("aria-expanded", "true");
  }

  function collapse(item) {
    groupOf(item).hidden = true;
    item.setAttribute("aria-expanded", "false");
    if (item !== current && item.contains(current)) {
      makeCurrent(item, false);
    }
  }

  // One item at a time takes part in the order of Tab.
  function makeCurrent(item, takeFocus) {
    current?.setAttribute("tabindex", "-1");
    current = item;
    current.setAttribute("tabindex", "0");
    if (takeFocus) {
      current.focus();
    }
  }

  function activate(item) {
    const { folder, runbook, more } = nodes.get(item);
    if (more) {
      more();
    } else if (runbook) {
      select(item, runbook);
    } else if (folder && isOpen(item)) {
      collapse(item);
    } else {
      expand(item);
    }
  }

  function select(item, runbook) {
    selected?.setAttribute("aria-selected", "false");
    selected = item;
    selected.setAttribute("aria-selected", "true");
    showDetails(runbook);
  }

  function nextOf(item) {
    if (isOpen(item) && groupOf(item).firstElementChild) {
      return groupOf(item).firstElementChild;
    }

    for (let above = item; above !== null; above = parentOf(above)) {
      if (above.nextElementSibling) {
        return above.nextElementSibling;
      }
    }

    return null;
  }

  function lastBelow(item) {
    while (isOpen(item) && groupOf(item).lastElementChild) {
      item = groupOf(item).lastElementChild;
    }

    return item;
  }

  const previousOf = item => item.previousElementSibling ? lastBelow(item.previousElementSibling) : parentOf(item);

  // To the next item that starts with what is typed, round the end.
  let typed = "";
  let typedAt = 0;
  function find(item, letter, now) {
    typed = now - typedAt < 700 ? typed + letter : letter;
    typedAt = now;
    const fits = candidate => candidate.querySelector(".label").textContent.toLowerCase().startsWith(typed);
    let candidate = typed.length > 1 ? item : nextOf(item) ?? tree.firstElementChild;
    const start = candidate;
    do {
      if (fits(candidate)) {
        return candidate;
      }

      candidate = nextOf(candidate) ?? tree.firstElementChild;
    } while (candidate !== start);

    return null;
  }

  function moveBy(key, item, event) {
    if (key.length === 1) {
      return find(item, key.toLowerCase(), event.timeStamp);
    }

    typed = "";
    switch (key) {
      case "ArrowDown": return nextOf(item);
      case "ArrowUp": return previousOf(item);
      case "ArrowRight":
        if (item.getAttribute("aria-expanded") === "false") {
          expand(item);
          return item;
        }

        return isOpen(item) ? groupOf(item).firstElementChild : null;
      case "ArrowLeft":
        if (isOpen(item)) {
          collapse(item);
          return item;
        }

        return parentOf(item);
      case "Home": return tree.firstElementChild;
      case "End": return lastBelow(tree.lastElementChild);
      default: return undefined;
    }
  }

  tree.addEventListener("keydown", event => {
    const item = event.target.closest("[role=treeitem]");
    if (item === null || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }

    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      activate(item);
      return;
    }

    const next = moveBy(event.key, item, event);
    if (next !== undefined) {
      event.preventDefault();
      if (next) {
        makeCurrent(next, true);
      }
    }
  });

  tree.addEventListener("click", event => {
    const item = event.target.closest(".row")?.parentElement;
    if (item) {
      makeCurrent(item, true);
      activate(item);
    }
  });

  // Unfolds the way to a runbook, and goes there.
  function reveal(runbook) {
    const way = [];
    for (let node = folderNodes[runbook[Folder]]; node !== null; node = node.parent) {
      way.unshift(node);
    }

    let items = tree.children;
    for (const node of way) {
      const item = [...items].find(candidate => nodes.get(candidate).folder === node);
      expand(item);
      items = groupOf(item).children;
    }

    let found;
    while (!(found = [...items].find(candidate => nodes.get(candidate).runbook === runbook))) {
      nodes.get(items[items.length - 1]).more();
    }

    makeCurrent(found, true);
    select(found, runbook);
    found.querySelector(".row").scrollIntoView({ block: "center" });
  }

  // ---- Details

  const details = byId("details");

  function showDetails(runbook) {
    byId("details-title").replaceChildren(element("bdi", {}, runbook[Name]));
    const facts = element("dl");
    const add = (name, value) => facts.append(element("dt", {}, name), element("dd", {}, value));
    add("Path", element("bdi", {}, pathOf(runbook)));
    add("Connector", element("bdi", {}, connectorOf(runbook)[0]));
    add("Status", statusOf(runbook));
    if (runbook[Reason] !== "") {
      add("Reason", runbook[Reason]);
    }

    if (runbook[Modified] !== 0) {
      add("Last modified", timeText(runbook[Modified]));
    }

    const body = [facts];
    if (runbook[Description] !== "") {
      body.unshift(element("p", { dir: "auto" }, runbook[Description]));
    }

    body.push(runbook[Parameters].length === 0 ? element("p", { class: "none" }, "No parameters.") : parameterTable(runbook));
    const close = element("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", closeDetails);
    body.push(close);
    if (!byId("results").hidden) {
      const show = element("button", { type: "button" }, "Show in its folder");
      show.addEventListener("click", () => {
        clearSearch();
        reveal(runbook);
      });
      body.push(show);
    }

    details.lastElementChild.replaceChildren(...body);
    details.classList.add("chosen");
  }

  function parameterTable(runbook) {
    const heading = text => element("th", { scope: "col" }, text);
    const rows = runbook[Parameters].map(place => data.parameters[place]).map(([name, direction, type]) => element("tr", {},
      element("th", { scope: "row" }, element("bdi", {}, name)), element("td", {}, direction === 0 ? "In" : "Out"), element("td", {}, type)));
    return element("table", {},
      element("caption", {}, "Parameters"),
      element("thead", {}, element("tr", {}, heading("Parameter"), heading("Direction"), heading("Type"))),
      element("tbody", {}, ...rows));
  }

  function closeDetails() {
    details.classList.remove("chosen");
    (byId("results").hidden ? current : byId("query")).focus();
  }

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && details.classList.contains("chosen") && event.target !== byId("query")) {
      closeDetails();
    }
  });

  // ---- Search

  const query = byId("query");
  const status = byId("status");
  const results = byId("results");
  const resultList = results.querySelector("ol");
  const moreResults = results.querySelector(".more");
  const resultBatch = 100;
  let index = null;
  let found = [];

  // What a runbook is found by, made when it is first asked for: path, connector, parameters.
  const indexOf = runbook => `${pathOf(runbook)}\n${connectorOf(runbook)[0]}\n${runbook[Parameters].map(place => data.parameters[place][0]).join("\n")}`.toLowerCase();

  function search() {
    const terms = query.value.toLowerCase().split(/\s+/).filter(term => term !== "");
    const wanted = status.value === "" ? null : Number(status.value);
    const isSearch = terms.length > 0 || wanted !== null;
    results.hidden = !isSearch;
    tree.hidden = isSearch;
    if (!isSearch) {
      found = [];
      resultList.replaceChildren();
      announce(count(data.runbooks.length, "runbook"));
      return;
    }

    index ??= data.runbooks.map(indexOf);
    const fitting = data.runbooks.filter((runbook, place) => (wanted === null || runbook[Status] === wanted) && terms.every(term => index[place].includes(term)));
    // Those whose own name fits come first.
    const isNamed = runbook => terms.every(term => runbook[Name].toLowerCase().includes(term));
    found = [...fitting.filter(isNamed), ...fitting.filter(runbook => !isNamed(runbook))];
    resultList.replaceChildren();
    addResults(terms);
    announce(found.length === 0 ? "No runbook found." : `${count(found.length, "runbook")} found.`);
  }

  function addResults(terms) {
    const from = resultList.children.length;
    const added = found.slice(from, from + resultBatch).map(runbook => element("li", {}, resultButton(runbook, terms)));
    resultList.append(...added);
    const left = found.length - from - added.length;
    moreResults.hidden = left === 0;
    moreResults.textContent = `Show ${Math.min(left, resultBatch)} more of ${left.toLocaleString("en")}`;
    moreResults.onclick = () => {
      const first = resultList.children.length;
      addResults(terms);
      resultList.children[first].firstElementChild.focus();
    };
  }

  function resultButton(runbook, terms) {
    const name = element("bdi", {}, ...marked(runbook[Name], terms));
    const button = element("button", { type: "button" }, name);
    if (runbook[Status] !== 0) {
      button.append(" ", statusOf(runbook));
    }

    const where = element("span", { class: "where" }, element("bdi", {}, ...marked(folderPathOf(runbook), terms)), " · ", element("bdi", {}, connectorOf(runbook)[0]));
    const parameters = runbook[Parameters].map(place => data.parameters[place][0]).filter(parameter => terms.some(term => parameter.toLowerCase().includes(term)));
    for (const parameter of new Set(parameters)) {
      where.append(" · ", element("bdi", {}, ...marked(parameter, terms)));
    }

    button.append(where);
    button.addEventListener("click", () => {
      resultList.querySelector("[aria-current]")?.removeAttribute("aria-current");
      button.setAttribute("aria-current", "true");
      showDetails(runbook);
    });
    return button;
  }

  // A text with the places marked that fit a term.
  function marked(text, terms) {
    const lower = text.toLowerCase();
    const spots = lower.length === text.length
      ? terms.map(term => [lower.indexOf(term), term.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])
      : [];
    const parts = [];
    let end = 0;
    for (const [at, length] of spots) {
      if (at >= end) {
        parts.push(text.slice(end, at), element("mark", {}, text.slice(at, at + length)));
        end = at + length;
      }
    }

    return [...parts, text.slice(end)];
  }

  function clearSearch() {
    query.value = "";
    status.value = "";
    search();
  }

  const announce = text => { byId("found").textContent = text; };

  query.addEventListener("input", search);
  status.addEventListener("change", search);
  query.form.addEventListener("submit", event => event.preventDefault());

  // ---- Theme: the system's until the button is pressed, and again with the next opening.

  const theme = byId("theme");
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (systemIsDark.matches ? "dark" : "light")) === "dark";
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
  });
  systemIsDark.addEventListener("change", showTheme);
  showTheme();
  theme.hidden = false;

  // ---- Start

  if (data.runbooks.length > 0) {
    addItems(tree, 1, [...roots].sort(byLabel), 0);
    makeCurrent(tree.firstElementChild, false);
    if (roots.length <= 5) {
      [...tree.children].forEach(expand);
    }
  } else {
    tree.hidden = true;
  }

  search();
  byId("browser").hidden = false;
})();
