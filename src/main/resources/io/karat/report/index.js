"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const selects = ["first", "second"].map((id) => document.getElementById(id));
  if (!selects[0]) return;

  for (const select of selects) {
    data.nights.forEach((night, i) => select.prepend(new Option(night.night, i)));
  }
  const last = data.nights.length - 1;
  selects[0].value = last - 1;
  selects[1].value = last;

  const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const change = (before, after) => {
    if (before === null || after === null) return "";
    if (before === after) return "0 %";
    if (before <= 0) return "";
    const percent = ((after - before) / before) * 100;
    const sign = Math.abs(percent) < 0.05 ? "" : percent > 0 ? "+" : "\u2212";
    return sign + Math.abs(percent).toLocaleString("en-US", tenths) + " %";
  };
  const cell = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const show = () => {
    const [first, second] = selects.map((select) => data.nights[Number(select.value)]);
    document.getElementById("first-night").textContent = first.night;
    document.getElementById("second-night").textContent = second.night;
    document.getElementById("pairs").replaceChildren(
      ...data.names.map((name, i) => {
        const row = document.createElement("tr");
        const head = cell("th", name);
        head.scope = "row";
        row.append(
          head,
          cell("td", first.texts[i] || data.unknown, "number"),
          cell("td", second.texts[i] || data.unknown, "number"),
          cell("td", change(first.numbers[i], second.numbers[i]), "number"),
        );
        return row;
      }),
    );
  };
  selects.forEach((select) => select.addEventListener("change", show));
  show();
})();
