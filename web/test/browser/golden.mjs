// What a run printed and sent, in the form of a lesson's goldens (output.txt, statements.txt).

/** output is standard output and shown tables as they would stand on a terminal. */
export function output(events) {
  return events.map((event) => event.type === "stdout" ? event.text : event.type === "show" ? event.doc.text : "").join("");
}

/** statements is one line for each statement; those that ran again at once from the same line share one. */
export function statements(events) {
  const lines = [];
  for (const event of events) {
    if (event.type === "repeated") lines.findLast((line) => line.ids.includes(event.id)).times += event.times;
    if (event.type !== "statement" || event.phase !== "begin") continue;
    const text = `${event.file}:${event.line} ${event.sql.split(/\s+/).filter(Boolean).join(" ")}`;
    const last = lines.at(-1);
    if (last?.text === text) {
      last.times++;
      last.ids.push(event.id);
    } else {
      lines.push({ text, ids: [event.id], times: 1, args: event.args.map(literal).join(", ") });
    }
  }
  return lines.map(({ text, times, args }) => text + (times > 1 ? ` × ${times}` : args ? ` [${args}]` : "") + "\n").join("");
}

function literal(arg) {
  switch (arg.kind) {
    case "null": return "NULL";
    case "text": return `'${arg.text.replaceAll("'", "''").split(/\s+/).join(" ")}'`;
    case "blob": return `x'${arg.text}'`;
    case "time": return `'${arg.text}'`;
    default: return arg.text;
  }
}
