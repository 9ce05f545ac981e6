// Server-sent events out of text that comes in pieces of any size.

export class EventReader {
  #rest = "";
  #name = "";
  #data = [];
  #event;

  /** @param event called with name and data of each */
  constructor(event) {
    this.#event = event;
  }

  read(piece) {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line.endsWith("\r") ? line.slice(0, -1) : line));
  }

  #line(line) {
    if (line === "") {
      if (this.#data.length > 0) {
        this.#event(this.#name || "message", this.#data.join("\n"));
      }
      this.#name = "";
      this.#data = [];
    } else if (line.startsWith("event:")) {
      this.#name = line.slice(6).trimStart();
    } else if (line.startsWith("data:")) {
      this.#data.push(line.slice(line[5] === " " ? 6 : 5));
    }
  }
}
