"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const selects = ["first", "second"].map((id) => document.getElementById(id));

  /* A date stays on one line. */
  for (const says of document.querySelectorAll(".exact")) {
    says.replaceChildren(
      ...says.textContent.split(/(\d{4}-\d{2}-\d{2})/).map((words, i) => {
        const part = document.createElement("span");
        part.textContent = words;
        if (i % 2) part.className = "date";
        return part;
      }),
    );
  }
  if (!selects[0]) return;

  for (const select of selects) {
    data.nights.forEach((night, i) => select.prepend(new Option(night.night, i)));
  }
  const last = data.nights.length - 1;
  selects[0].value = last - 1;
  selects[1].value = last;

  const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const percentSign = document.documentElement.lang === "en" ? "\u00a0%" : "%";
  const change = (before, after) => {
    if (before === null || after === null) return "";
    if (before === after) return "0" + percentSign;
    if (before <= 0) return "";
    const percent = ((after - before) / before) * 100;
    const sign = Math.abs(percent) < 0.05 ? "" : percent > 0 ? "+" : "\u2212";
    return sign + Math.abs(percent).toLocaleString("en-US", tenths) + percentSign;
  };
  /* A figure by another rule also changes where customers do not. */
  const said = (text, one, other) => (text && one && other && one !== other ? data.otherRule.replace("{0}", text) : text);
  /* A narrow page has the heading of a column beside each of its cells. */
  const head = (id) => document.getElementById(id).textContent;
  const number = (text, id) => {
    const made = document.createElement("td");
    made.textContent = text;
    made.className = "number";
    made.dataset.head = head(id);
    return made;
  };
  const show = () => {
    const [first, second] = selects.map((select) => data.nights[Number(select.value)]);
    document.getElementById("first-night").textContent = first.night;
    document.getElementById("second-night").textContent = second.night;
    document.getElementById("pairs").replaceChildren(
      ...data.names.map((name, i) => {
        const row = document.createElement("tr");
        const figure = document.createElement("th");
        figure.textContent = name;
        figure.scope = "row";
        row.append(
          figure,
          number(first.texts[i] || data.unknown, "first-night"),
          number(second.texts[i] || data.unknown, "second-night"),
          number(said(change(first.numbers[i], second.numbers[i]), first.rules[i], second.rules[i]), "change"),
        );
        return row;
      }),
    );
  };
  selects.forEach((select) => select.addEventListener("change", show));
  show();
})();
